package io.inquest.dump.codec;

import java.util.Arrays;

/// Where a zstd frame expands to: a range of an array, filled from its start.
final class ZstdOutput {

    byte[] bytes = new byte[0];
    int start;
    int to;
    int limit;

    void begin(byte[] target, int offset, int length) {
        bytes = target;
        start = offset;
        to = offset;
        limit = offset + length;
    }

    int produced() {
        return to - start;
    }

    int room() {
        return limit - to;
    }

    void copy(byte[] source, int from, int length) {
        System.arraycopy(source, from, bytes, to, length);
        to += length;
    }

    void fill(byte value, int length) {
        Arrays.fill(bytes, to, to + length, value);
        to += length;
    }
}
