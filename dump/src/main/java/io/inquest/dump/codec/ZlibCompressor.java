package io.inquest.dump.codec;

import java.util.Objects;
import java.util.zip.Deflater;

/// Writes zlib streams (RFC 1950) with the JDK's zlib. At level 1, the level of makedumpfile, it gives its bytes when
/// both were built with the same release of zlib.
final class ZlibCompressor implements BlockCompressor {

    static final int MOST_LEVEL = Deflater.BEST_COMPRESSION;

    private final Deflater deflater;

    ZlibCompressor(int level) {
        deflater = new Deflater(level);
    }

    @Override
    public Compression compression() {
        return Compression.ZLIB;
    }

    @Override
    public int compress(byte[] source, int sourceOffset, int length, byte[] target, int targetOffset, int targetLimit) {
        Objects.checkFromIndexSize(targetOffset, targetLimit, target.length);
        deflater.reset();
        deflater.setInput(source, sourceOffset, length);
        deflater.finish();
        int produced = deflater.deflate(target, targetOffset, targetLimit);
        return deflater.finished() ? produced : -1;
    }

    @Override
    public void close() {
        deflater.end();
    }
}
