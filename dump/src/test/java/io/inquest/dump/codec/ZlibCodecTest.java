package io.inquest.dump.codec;

import java.util.List;

final class ZlibCodecTest extends CodecContract {

    @Override
    BlockCompressor compressor() {
        return Codecs.newCompressor(Compression.ZLIB);
    }

    @Override
    BlockDecompressor decompressor() {
        return Codecs.newDecompressor(Compression.ZLIB);
    }

    @Override
    List<String> referenceLibraries() {
        return List.of("zlib");
    }
}
