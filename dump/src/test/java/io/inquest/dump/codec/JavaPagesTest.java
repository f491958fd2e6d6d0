package io.inquest.dump.codec;

final class JavaPagesTest extends PagePackerContract {

    @Override
    PageCompressor compressor(Compression compression) {
        return PageCompressor.reproducible(compression);
    }
}
