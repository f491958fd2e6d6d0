package io.inquest.dump.codec;

import java.util.Objects;

/// "Expands" by copying.
final class PlainDecompressor implements BlockDecompressor {

    @Override
    public Compression compression() {
        return Compression.NONE;
    }

    @Override
    public int decompress(byte[] source, int sourceOffset, int length, byte[] target, int targetOffset, int targetLimit)
            throws MalformedBlockException {
        Objects.checkFromIndexSize(sourceOffset, length, source.length);
        Objects.checkFromIndexSize(targetOffset, targetLimit, target.length);
        if (length > targetLimit) {
            throw new MalformedBlockException(
                    "an uncompressed block of " + length + " bytes is larger than the " + targetLimit + " expected");
        }
        System.arraycopy(source, sourceOffset, target, targetOffset, length);
        return length;
    }

    @Override
    public void close() {}
}
