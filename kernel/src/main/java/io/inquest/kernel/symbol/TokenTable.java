package io.inquest.kernel.symbol;

import io.inquest.dump.DumpException;
import java.nio.ByteBuffer;

/// The 256 pieces that kallsyms builds names of (kernel: `scripts/kallsyms.c`).
///
/// | Symbol                 | Type       | Meaning                                            |
/// |------------------------|------------|----------------------------------------------------|
/// | `kallsyms_token_table` | characters | 256 strings, each ended by a zero byte             |
/// | `kallsyms_token_index` | `u16[256]` | where each begins, in bytes from the table's start |
///
/// A character that occurs in names stands at its own number, alone; the numbers left over have longer pieces.
final class TokenTable {

    static final int TOKENS = 256;
    static final int INDEX_BYTES = TOKENS * Short.BYTES;

    /// No table is longer: an index has 16 bits.
    static final int MAX_BYTES = 1 << 16;

    /// Tokens of real kernels have up to 48 characters.
    private static final int MAX_TOKEN_BYTES = 255;

    private final byte[] text;
    private final int[] starts = new int[TOKENS];
    private final int[] lengths = new int[TOKENS];

    /// What [SymbolNames#hash] makes of each token, and the factor for the token that follows.
    private final int[] hashes = new int[TOKENS];

    private final int[] factors = new int[TOKENS];

    private TokenTable(byte[] text) {
        this.text = text;
    }

    /// Throws a [DumpException] when an index leads out of the table or to a string that does not end.
    static TokenTable parse(byte[] table, ByteBuffer index) throws DumpException {
        TokenTable tokens = new TokenTable(table);
        for (int token = 0; token < TOKENS; token++) {
            tokens.set(token, index.getShort(token * Short.BYTES) & 0xffff);
        }
        return tokens;
    }

    private void set(int token, int start) throws DumpException {
        int end = start;
        int factor = 1;
        while (end < text.length && text[end] != 0 && end - start <= MAX_TOKEN_BYTES) {
            hashes[token] += factor * (text[end] & 0xff);
            factor *= SymbolNames.HASH_BASE;
            end++;
        }
        if (end >= text.length || text[end] != 0) {
            throw new DumpException("kallsyms_token_index[" + token + "] is " + start + ", where no string of at most "
                    + MAX_TOKEN_BYTES + " bytes ends inside the " + text.length + " bytes of kallsyms_token_table");
        }
        starts[token] = start;
        lengths[token] = end - start;
        factors[token] = factor;
    }

    int length(int token) {
        return lengths[token];
    }

    /// The first character, 0 for an empty token.
    int first(int token) {
        return text[starts[token]] & 0xff;
    }

    int hash(int token) {
        return hashes[token];
    }

    int factor(int token) {
        return factors[token];
    }

    /// Copies the token's bytes from `skip` on to `target[at…]`, as far as there is room; answers their number.
    int copy(int token, int skip, byte[] target, int at) {
        int length = Math.min(lengths[token] - skip, target.length - at);
        int from = starts[token] + skip;
        for (int i = 0; i < length; i++) {
            target[at + i] = text[from + i];
        }
        return Math.max(length, 0);
    }
}
