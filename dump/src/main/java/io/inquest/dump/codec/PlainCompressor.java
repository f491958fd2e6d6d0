package io.inquest.dump.codec;

import java.util.Objects;

/// "Compresses" by copying.
final class PlainCompressor implements BlockCompressor {

    @Override
    public Compression compression() {
        return Compression.NONE;
    }

    @Override
    public int compress(byte[] source, int sourceOffset, int length, byte[] target, int targetOffset, int targetLimit) {
        Objects.checkFromIndexSize(sourceOffset, length, source.length);
        Objects.checkFromIndexSize(targetOffset, targetLimit, target.length);
        if (length > targetLimit) {
            return -1;
        }
        System.arraycopy(source, sourceOffset, target, targetOffset, length);
        return length;
    }

    @Override
    public void close() {}
}
