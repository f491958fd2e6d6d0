package io.inquest.testkit;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// What one `printk` logged.
///
/// @param flags of the kernel: 2 LOG_NEWLINE, 4 LOG_PREFIX (until 5.9), 8 LOG_CONT
/// @param caller `caller_id`: bit 31 set means CPU, else task
public record SyntheticRecord(String text, long nanoseconds, int level, int facility, int flags, int caller) {

    /// A line of the kernel at level 6 by task 1.
    public static SyntheticRecord of(long nanoseconds, String text) {
        return new SyntheticRecord(text, nanoseconds, 6, 0, 2, 1);
    }

    public SyntheticRecord level(int newLevel) {
        return new SyntheticRecord(text, nanoseconds, newLevel, facility, flags, caller);
    }

    public SyntheticRecord facility(int newFacility) {
        return new SyntheticRecord(text, nanoseconds, level, newFacility, flags, caller);
    }

    public SyntheticRecord flags(int newFlags) {
        return new SyntheticRecord(text, nanoseconds, level, facility, newFlags, caller);
    }

    public SyntheticRecord caller(int newCaller) {
        return new SyntheticRecord(text, nanoseconds, level, facility, flags, newCaller);
    }

    byte[] bytes() {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// The byte of `u8 flags:5, level:3` as a compiler for that byte order lays it out.
    int flagsAndLevel(ByteOrder order) {
        return order == ByteOrder.LITTLE_ENDIAN ? flags | (level << 5) : (flags << 3) | level;
    }
}
