package io.inquest.dump.trailer;

/// What a change of one byte changes of a block's CRC32C, for each place from the block's last byte to its first: a CRC
/// is linear, so the difference that a change makes depends on the changed bits and their place alone, and those of
/// several changes add up (exclusive or).
final class CrcDelta {

    private static final int POLYNOMIAL = 0x82f63b78;
    private static final int[] TABLE = new int[256];

    static {
        for (int i = 0; i < 256; i++) {
            int crc = i;
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                crc = (crc >>> 1) ^ ((crc & 1) == 0 ? 0 : POLYNOMIAL);
            }
            TABLE[i] = crc;
        }
    }

    private final int[] ofBits = new int[Byte.SIZE];

    /// Stands at the last byte.
    CrcDelta() {
        for (int bit = 0; bit < Byte.SIZE; bit++) {
            ofBits[bit] = TABLE[1 << bit];
        }
    }

    /// The difference that one bit of the byte makes.
    int ofBit(int bit) {
        return ofBits[bit];
    }

    /// The difference that the bits make that are set in `change`.
    int of(int change) {
        int delta = 0;
        for (int rest = change & 0xff; rest != 0; rest &= rest - 1) {
            delta ^= ofBits[Integer.numberOfTrailingZeros(rest)];
        }
        return delta;
    }

    /// Goes to the byte before.
    void back() {
        for (int bit = 0; bit < Byte.SIZE; bit++) {
            ofBits[bit] = (ofBits[bit] >>> 8) ^ TABLE[ofBits[bit] & 0xff];
        }
    }
}
