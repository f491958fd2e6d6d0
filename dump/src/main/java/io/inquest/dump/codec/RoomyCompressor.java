package io.inquest.dump.codec;

import java.util.Objects;

/// A compressor whose encoder needs room for the worst case, so that it need not look at a limit at each byte.
/// Where the caller's target is smaller than that, the block is made in a buffer of its own and copied if it fits.
abstract sealed class RoomyCompressor implements BlockCompressor
        permits LzoCompressor, SnappyCompressor, ZstdCompressor {

    private byte[] room = new byte[0];

    @Override
    public final int compress(
            byte[] source, int sourceOffset, int length, byte[] target, int targetOffset, int targetLimit) {
        Objects.checkFromIndexSize(sourceOffset, length, source.length);
        Objects.checkFromIndexSize(targetOffset, targetLimit, target.length);
        int worstCase = worstCaseBytes(length);
        if (targetLimit >= worstCase) {
            return encode(source, sourceOffset, length, target, targetOffset);
        }
        if (room.length < worstCase) {
            room = new byte[worstCase];
        }
        int size = encode(source, sourceOffset, length, room, 0);
        if (size > targetLimit) {
            return -1;
        }
        System.arraycopy(room, 0, target, targetOffset, size);
        return size;
    }

    /// The most bytes that `length` bytes can become, with what the encoder scribbles behind them.
    abstract int worstCaseBytes(int length);

    /// Encodes into a target that has room for the worst case, and returns the size.
    abstract int encode(byte[] source, int sourceOffset, int length, byte[] target, int targetOffset);

    @Override
    public void close() {}
}
