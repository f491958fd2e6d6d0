package io.inquest.kernel.arch.x86_64.instruction;

/// Goes through the bytes of one instruction. Behind the last byte there are zeros, and the instruction is cut.
final class CodeCursor {

    /// No instruction is longer.
    static final int LONGEST = 15;

    private final byte[] code;
    private final int start;
    private final int limit;
    private int at;

    CodeCursor(byte[] code, int offset) {
        this.code = code;
        this.start = offset;
        this.limit = Math.min(code.length, offset + LONGEST);
        this.at = offset;
    }

    /// Bytes gone through.
    int length() {
        return at - start;
    }

    /// Whether more was asked for than there is.
    boolean isCut() {
        return at > limit;
    }

    /// The byte `ahead` of the next one.
    int peek(int ahead) {
        int where = at + ahead;
        return where < limit ? code[where] & 0xff : 0;
    }

    int next() {
        int value = peek(0);
        at++;
        return value;
    }

    /// A little-endian number of 1, 2, 4 or 8 bytes with its sign.
    long signed(int bytes) {
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value |= (long) next() << (i * Byte.SIZE);
        }
        int unused = Long.SIZE - bytes * Byte.SIZE;
        return (value << unused) >> unused;
    }
}
