package io.inquest.dump.codec;

import java.util.List;

final class LzoCodecTest extends CodecContract {

    @Override
    BlockCompressor compressor() {
        return Codecs.newCompressor(Compression.LZO);
    }

    @Override
    BlockDecompressor decompressor() {
        return Codecs.newDecompressor(Compression.LZO);
    }

    @Override
    List<String> referenceLibraries() {
        return List.of("lzo");
    }
}
