package io.inquest.dump.format;

import java.nio.ByteBuffer;

/// Zero bytes for memory that a dump does not hold.
public final class Zeros {

    private static final byte[] BYTES = new byte[4096];

    private Zeros() {}

    /// Fills `[start, end)` of `target` with zeros; its position stays.
    public static void fill(ByteBuffer target, int start, int end) {
        for (int at = start; at < end; at += BYTES.length) {
            target.put(at, BYTES, 0, Math.min(BYTES.length, end - at));
        }
    }

    /// Whether `[start, end)` of `bytes` holds nothing but zeros.
    public static boolean only(byte[] bytes, int start, int end) {
        int sum = 0;
        for (int i = start; i < end; i++) {
            sum |= bytes[i];
        }
        return sum == 0;
    }
}
