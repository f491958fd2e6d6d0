package io.inquest.dump.codec;

import static io.inquest.dump.codec.LittleEndian.putLong;

/// Writes bits from the lowest on, eight bytes at a time; so it scribbles over up to 8 bytes behind what it wrote.
final class BitWriter {

    private byte[] bytes = new byte[0];
    private int to;
    private long bits;
    private int count;

    void begin(byte[] target, int offset) {
        bytes = target;
        to = offset;
        bits = 0;
        count = 0;
    }

    /// Adds the lowest `length` bits of `value`, which has no others. After 57 bits at most there must be a flush.
    void add(long value, int length) {
        bits |= value << count;
        count += length;
    }

    /// Writes the whole bytes; up to 7 bits stay.
    void flush() {
        putLong(bytes, to, bits);
        to += count >> 3;
        bits >>>= count & ~7;
        count &= 7;
    }

    /// Fills up the last byte with zeros, and returns where the stream ends.
    int end() {
        flush();
        return count > 0 ? to + 1 : to;
    }

    /// Marks the end for those who read backward, and returns where the stream ends.
    int endMarked() {
        add(1, 1);
        return end();
    }
}
