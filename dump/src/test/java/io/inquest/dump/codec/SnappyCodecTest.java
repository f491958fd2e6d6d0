package io.inquest.dump.codec;

import java.util.List;

final class SnappyCodecTest extends CodecContract {

    @Override
    BlockCompressor compressor() {
        return Codecs.newCompressor(Compression.SNAPPY);
    }

    @Override
    BlockDecompressor decompressor() {
        return Codecs.newDecompressor(Compression.SNAPPY);
    }

    @Override
    List<String> referenceLibraries() {
        return List.of("snappy");
    }
}
