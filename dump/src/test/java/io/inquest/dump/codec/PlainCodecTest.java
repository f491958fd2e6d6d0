package io.inquest.dump.codec;

import java.util.List;

final class PlainCodecTest extends CodecContract {

    @Override
    BlockCompressor compressor() {
        return Codecs.newCompressor(Compression.NONE);
    }

    @Override
    BlockDecompressor decompressor() {
        return Codecs.newDecompressor(Compression.NONE);
    }

    @Override
    List<String> referenceLibraries() {
        return List.of();
    }
}
