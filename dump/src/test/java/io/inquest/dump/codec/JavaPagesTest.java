package io.inquest.dump.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class JavaPagesTest extends PagePackerContract {

    @Override
    PageCompressor compressor(Packing packing) {
        return PageCompressor.reproducible(packing);
    }

    @Test
    void zlibsHighestLevelStandsForThoseThatItHasNot() {
        assertThat(new Packing(Compression.ZLIB, OptionalInt.of(12)).javaLevel())
                .isEqualTo(9);
        assertThat(new Packing(Compression.ZLIB, OptionalInt.of(6)).javaLevel()).isEqualTo(6);
        assertThat(Packing.of(Compression.ZLIB).javaLevel()).isEqualTo(1);
    }
}
