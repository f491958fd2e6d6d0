package io.inquest.dump.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class NativePagesTest extends PagePackerContract {

    @BeforeAll
    static void needsTheLibrary() {
        assumeTrue(NativePages.canDo(Compression.ZLIB), () -> "native codecs: " + NativePages.describe());
    }

    @Override
    PageCompressor compressor(Compression compression) {
        return new PageCompressor(compression);
    }

    @Test
    void zlibAndZstdAreNativeAndTheOthersAreNot() {
        assertThat(Compression.values())
                .filteredOn(NativePages::canDo)
                .containsExactly(Compression.ZLIB, Compression.ZSTD);
    }

    @Test
    void theLibrarySaysWhatIsLinkedIn() {
        assertThat(Codecs.describe().getFirst()).matches("native codecs: libdeflate [0-9.]+, libzstd [0-9.]+");
    }
}
