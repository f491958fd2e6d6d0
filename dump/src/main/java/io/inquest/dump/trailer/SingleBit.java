package io.inquest.dump.trailer;

/// Finds the one bit that was turned over in a block, from the CRC32C that it has and the one that it should have.
///
/// The difference of the two depends only on where the wrong bit is, see [CrcDelta], and for blocks of less than
/// 256 MiB each place gives another one. Damage of more bits looks like that of one with a probability of the number of
/// bits in the block divided by 2^32, 0.012 % for 64 KiB, if it is
/// of an odd number of bits twice that, else never.
final class SingleBit {

    /// In larger blocks a difference no longer tells one place.
    private static final long MOST_BYTES = (256 << 20) - 1;

    private SingleBit() {}

    /// The number of the bit, byte times 8 plus bit, in a block of `bytes` bytes; -1 if no single bit explains it.
    static long find(int found, int expected, long bytes) {
        if (bytes > MOST_BYTES) {
            return -1;
        }
        int wanted = found ^ expected;
        CrcDelta delta = new CrcDelta();
        for (long at = bytes - 1; at >= 0; at--) {
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                if (delta.ofBit(bit) == wanted) {
                    return at * Byte.SIZE + bit;
                }
            }
            delta.back();
        }
        return -1;
    }
}
