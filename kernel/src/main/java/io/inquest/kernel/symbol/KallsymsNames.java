package io.inquest.kernel.symbol;

import java.util.BitSet;

/// The compressed names of kallsyms, read where they lie: nothing is expanded before it is asked for.
///
/// `kallsyms_names` is one record for each symbol, in the order of addresses:
///
/// | Bytes  | Meaning                                                                              |
/// |--------|--------------------------------------------------------------------------------------|
/// | 1      | number of tokens that follow                                                         |
/// | or 2   | since 6.1 (73bbb94466fd): 128 or more, low seven bits first with bit 7 set, then the rest |
/// | number | tokens; the first character of their text is the type's letter, the rest is the name |
final class KallsymsNames implements SymbolNames {

    private static final byte[] LOST_NAME = SymbolNames.bytes("(name lost)");
    private static final int INVERSE_OF_HASH_BASE = inverse(HASH_BASE);

    private final byte[] records;
    private final int[] starts;
    private final LengthForm form;
    private final TokenTable tokens;
    private final BitSet lost;

    /// `divided` says where in `records` each one begins. A name that is lost to damage is told as such.
    KallsymsNames(byte[] records, NameRecords divided, TokenTable tokens) {
        this.records = records;
        this.starts = divided.starts();
        this.form = divided.form();
        this.tokens = tokens;
        this.lost = divided.lost();
    }

    @Override
    public int count() {
        return starts.length - 1;
    }

    private int firstToken(int index) {
        return starts[index] + form.headBytes(records, starts[index]);
    }

    @Override
    public char type(int index) {
        if (lost.get(index)) {
            return '?';
        }
        int at = firstToken(index);
        return at < starts[index + 1] ? (char) tokens.first(records[at] & 0xff) : '?';
    }

    @Override
    public int expand(int index, byte[] target) {
        if (lost.get(index)) {
            int length = Math.min(LOST_NAME.length, target.length);
            System.arraycopy(LOST_NAME, 0, target, 0, length);
            return length;
        }
        int end = starts[index + 1];
        int length = 0;
        int typeLetter = 1;
        for (int at = firstToken(index); at < end; at++) {
            length += tokens.copy(records[at] & 0xff, typeLetter, target, length);
            typeLetter = 0;
        }
        return length;
    }

    /// The number of the type's letter and the name, made token by token, without the letter.
    @Override
    public int hash(int index) {
        if (lost.get(index)) {
            return SymbolNames.hash(LOST_NAME, LOST_NAME.length);
        }
        int hash = 0;
        int factor = 1;
        int end = starts[index + 1];
        for (int at = firstToken(index); at < end; at++) {
            int token = records[at] & 0xff;
            hash += factor * tokens.hash(token);
            factor *= tokens.factor(token);
        }
        return (hash - type(index)) * INVERSE_OF_HASH_BASE;
    }

    /// The number that `odd` must be multiplied with to give 1, in 32 bits (Newton's iteration doubles the bits
    /// that are right, from three on).
    private static int inverse(int odd) {
        int inverse = odd;
        for (int bits = 3; bits < Integer.SIZE; bits *= 2) {
            inverse *= 2 - odd * inverse;
        }
        return inverse;
    }
}
