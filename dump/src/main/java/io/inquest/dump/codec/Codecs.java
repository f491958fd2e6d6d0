package io.inquest.dump.codec;

import java.util.List;

/// Where compressors and decompressors come from: one of each for every [Compression].
///
/// What it makes keeps buffers for reuse and belongs to one thread.
public final class Codecs {

    private Codecs() {}

    public static BlockCompressor newCompressor(Compression compression) {
        return newCompressor(Packing.of(compression));
    }

    static BlockCompressor newCompressor(Packing packing) {
        return switch (packing.compression()) {
            case NONE -> new PlainCompressor();
            case ZLIB -> new ZlibCompressor(packing.javaLevel());
            case LZO -> new LzoCompressor();
            case SNAPPY -> new SnappyCompressor();
            case ZSTD -> new ZstdCompressor();
        };
    }

    public static BlockDecompressor newDecompressor(Compression compression) {
        return switch (compression) {
            case NONE -> new PlainDecompressor();
            case ZLIB -> new ZlibDecompressor();
            case LZO -> new LzoDecompressor();
            case SNAPPY -> new SnappyDecompressor();
            case ZSTD -> new ZstdDecompressor();
        };
    }

    /// What does the work, line by line, for `--version`.
    public static List<String> describe() {
        boolean writesNatively = NativePages.canDo(Compression.ZLIB);
        return List.of(
                "native codecs: " + NativePages.describe(),
                "pages are written " + (writesNatively ? "natively" : "in Java, zlib by the JDK's"),
                "pages are read in Java, zlib by the JDK's");
    }
}
