package io.inquest.dump.codec;

import java.util.List;

final class ZstdCodecTest extends CodecContract {

    @Override
    BlockCompressor compressor() {
        return Codecs.newCompressor(Compression.ZSTD);
    }

    @Override
    BlockDecompressor decompressor() {
        return Codecs.newDecompressor(Compression.ZSTD);
    }

    @Override
    List<String> referenceLibraries() {
        return List.of("zstd-1", "zstd-19");
    }
}
