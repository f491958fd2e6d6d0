package io.inquest.kernel.log;

import java.nio.ByteOrder;

/// The byte of `u8 flags:5, level:3`: compilers fill bit fields from the low end on little-endian machines and
/// from the high end on big-endian ones.
final class FlagsAndLevel {

    private FlagsAndLevel() {}

    static int flags(byte field, ByteOrder order) {
        return order == ByteOrder.LITTLE_ENDIAN ? field & 0x1f : (field & 0xff) >>> 3;
    }

    static int level(byte field, ByteOrder order) {
        return order == ByteOrder.LITTLE_ENDIAN ? (field & 0xff) >>> 5 : field & 0x7;
    }
}
