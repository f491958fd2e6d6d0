package io.inquest.dump.codec;

import java.util.List;

/// Where compressors and decompressors come from: one of each for every [Compression].
///
/// What it makes keeps buffers for reuse and belongs to one thread.
public final class Codecs {

    private Codecs() {}

    public static BlockCompressor newCompressor(Compression compression) {
        return switch (compression) {
            case NONE -> new PlainCompressor();
            case ZLIB -> new ZlibCompressor();
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

    /// What does the work, for `--version`: one line for each kind of codec.
    public static List<String> describe() {
        return List.of(
                "native codecs: " + NativePages.describe(),
                "zlib: " + (NativePages.canDo(Compression.ZLIB) ? "native, read by the JDK's zlib" : "the JDK's zlib"),
                "zstd: " + (NativePages.canDo(Compression.ZSTD) ? "native, read in Java" : "in Java"),
                "lzo, snappy: in Java");
    }
}
