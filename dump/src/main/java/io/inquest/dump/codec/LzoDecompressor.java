package io.inquest.dump.codec;

import static io.inquest.dump.codec.LittleEndian.shortAt;

import java.util.Objects;

/// Reads raw LZO1X blocks, as liblzo2 and the kernel write them (kernel, `Documentation/staging/lzo.rst`).
///
/// A block is a row of instructions. Each has a match, or a literal run; a match may have up to three literals
/// behind it (`S`). `H` is the byte behind the instruction's first, `W` the 16-bit word there; `D`, `L`, `S` are
/// bits of the first byte or of `W`.
///
/// | First byte  | Where                | Bytes copied  | From this far back                          |
/// |-------------|----------------------|---------------|---------------------------------------------|
/// | `1LLDDDSS`  |                      | 5 + L         | (H << 3) + D + 1                            |
/// | `01LDDDSS`  |                      | 3 + L         | (H << 3) + D + 1                            |
/// | `001LLLLL`  |                      | 2 + L, or run | W = `DDDDDDDD DDDDDDSS`, D + 1              |
/// | `0001HLLL`  |                      | 2 + L, or run | W likewise, 16384 + (H << 14) + D           |
/// | `0000LLLL`  | behind a match, S=0  | literals: 3 + L, or run |                                   |
/// | `0000DDSS`  | behind 1-3 literals  | 2             | (H << 2) + D + 1                            |
/// | `0000DDSS`  | behind a literal run | 3             | (H << 2) + D + 2049                         |
/// | 18 to 255   | first of the block   | literals: value - 17 |                                      |
///
/// Where `L` is 0 a run follows: zero bytes count 255 each, the first other byte its value, and the sum is added
/// to the largest number that `L` could say. `0x11 0 0`, a match of 3 bytes from 16384 back, ends the block.
final class LzoDecompressor implements BlockDecompressor {

    /// The instruction before was a literal run: no match to have literals behind it.
    private static final int AFTER_RUN = 4;

    private static final int FAR = 16384;
    private static final int END_BYTES = 3;

    private byte[] source = new byte[0];
    private int sourceStart;
    private int sourceEnd;
    private int at;
    private byte[] target = source;
    private int targetStart;
    private int limit;
    private int to;

    /// Literals copied behind the last match (0 to 3), or AFTER_RUN.
    private int state;

    @Override
    public Compression compression() {
        return Compression.LZO;
    }

    @Override
    public int decompress(byte[] source, int sourceOffset, int length, byte[] target, int targetOffset, int targetLimit)
            throws MalformedBlockException {
        Objects.checkFromIndexSize(sourceOffset, length, source.length);
        Objects.checkFromIndexSize(targetOffset, targetLimit, target.length);
        this.source = source;
        this.sourceStart = sourceOffset;
        this.sourceEnd = sourceOffset + length;
        this.at = sourceOffset;
        this.target = target;
        this.targetStart = targetOffset;
        this.limit = targetOffset + targetLimit;
        this.to = targetOffset;
        this.state = 0;
        firstLiterals();
        expand();
        return to - targetOffset;
    }

    private void firstLiterals() throws MalformedBlockException {
        if (at < sourceEnd && (source[at] & 0xff) > 17) {
            int literals = (source[at++] & 0xff) - 17;
            copyLiterals(literals);
            state = Math.min(literals, AFTER_RUN);
        }
    }

    private void expand() throws MalformedBlockException {
        // No block ends without the end instruction, so the first two bytes of any can be read.
        while (sourceEnd - at >= END_BYTES) {
            int first = source[at++] & 0xff;
            if (first >= 64) {
                int distance = (((source[at++] & 0xff) << 3) | ((first >> 2) & 7)) + 1;
                copyMatch(distance, (first >> 5) + 1, first & 3);
            } else if (first >= 32) {
                int bytes = length(first & 31, 31) + 2;
                int word = word();
                copyMatch((word >> 2) + 1, bytes, word & 3);
            } else if (first >= 16) {
                int bytes = length(first & 7, 7) + 2;
                int word = word();
                int distance = FAR + ((first & 8) << 11) + (word >> 2);
                if (distance == FAR) {
                    checkEnd(bytes);
                    return;
                }
                copyMatch(distance, bytes, word & 3);
            } else if (state == 0) {
                copyLiterals(length(first, 15) + 3);
                state = AFTER_RUN;
            } else {
                int distance = (((source[at++] & 0xff) << 2) | (first >> 2)) + 1;
                boolean afterRun = state == AFTER_RUN;
                copyMatch(afterRun ? distance + 2048 : distance, afterRun ? 3 : 2, first & 3);
            }
        }
        throw cut();
    }

    /// The length that an instruction's bits say, or that the run behind it says if they are 0.
    private int length(int bits, int most) throws MalformedBlockException {
        if (bits != 0) {
            return bits;
        }
        int zeros = at;
        while (at < sourceEnd && source[at] == 0) {
            at++;
        }
        if (at == sourceEnd) {
            throw cut();
        }
        long length = most + (at - zeros) * 255L + (source[at++] & 0xff);
        if (length > limit - to) {
            throw damage("a run of " + length + " bytes where " + (limit - to) + " are left of the page");
        }
        return (int) length;
    }

    private int word() throws MalformedBlockException {
        if (sourceEnd - at < 2) {
            throw cut();
        }
        int word = shortAt(source, at);
        at += 2;
        return word;
    }

    private void copyMatch(int distance, int bytes, int literals) throws MalformedBlockException {
        if (distance > to - targetStart) {
            throw damage("a match from " + distance + " bytes back where only " + (to - targetStart) + " are known");
        }
        if (bytes > limit - to) {
            throw damage("a match of " + bytes + " bytes where " + (limit - to) + " are left of the page");
        }
        BlockCopy.match(target, distance, to, bytes, limit);
        to += bytes;
        state = literals;
        if (literals != 0) {
            copyLiterals(literals);
        }
    }

    private void copyLiterals(int literals) throws MalformedBlockException {
        if (literals > sourceEnd - at) {
            throw cut();
        }
        if (literals > limit - to) {
            throw damage(literals + " literals where " + (limit - to) + " bytes are left of the page");
        }
        BlockCopy.literals(source, at, sourceEnd, target, to, limit, literals);
        at += literals;
        to += literals;
    }

    private void checkEnd(int bytes) throws MalformedBlockException {
        if (bytes != END_BYTES) {
            throw damage("an end of block of length " + bytes);
        }
        if (at != sourceEnd) {
            throw damage("the end of the block with " + (sourceEnd - at) + " bytes behind it");
        }
    }

    private MalformedBlockException cut() {
        return damage("the end of its bytes before the end of the block");
    }

    private MalformedBlockException damage(String found) {
        return new MalformedBlockException("LZO block has, before its byte " + (at - sourceStart) + ", " + found);
    }

    @Override
    public void close() {}
}
