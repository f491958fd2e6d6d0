package io.inquest.dump.trailer;

/// Finds the one bit that was turned over in a block, from the CRC32C that it has and the one that it should have.
///
/// A CRC is linear: the difference of the two depends only on where the wrong bit is, and for blocks of less than
/// 256 MiB each place gives another one. Damage of more bits looks like that of one with a probability of the number of
/// bits in the block divided by 2^32, 0.2 % for 1 MiB.
final class SingleBit {

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

    /// In larger blocks a difference no longer tells one place.
    private static final long MOST_BYTES = (256 << 20) - 1;

    private SingleBit() {}

    /// The number of the bit, byte times 8 plus bit, in a block of `bytes` bytes; -1 if no single bit explains it.
    static long find(int found, int expected, long bytes) {
        if (bytes > MOST_BYTES) {
            return -1;
        }
        int wanted = found ^ expected;
        int[] state = new int[Byte.SIZE];
        for (int bit = 0; bit < Byte.SIZE; bit++) {
            state[bit] = TABLE[1 << bit];
        }
        for (long at = bytes - 1; at >= 0; at--) {
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                int crc = state[bit];
                if (crc == wanted) {
                    return at * Byte.SIZE + bit;
                }
                state[bit] = (crc >>> 8) ^ TABLE[crc & 0xff];
            }
        }
        return -1;
    }
}
