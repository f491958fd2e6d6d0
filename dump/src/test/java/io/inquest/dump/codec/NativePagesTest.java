package io.inquest.dump.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class NativePagesTest extends PagePackerContract {

    @BeforeAll
    static void needsTheLibrary() {
        assumeTrue(NativePages.canDo(Compression.ZLIB), () -> "native codecs: " + NativePages.describe());
    }

    @Override
    PageCompressor compressor(Packing packing) {
        return new PageCompressor(packing);
    }

    @ParameterizedTest
    @EnumSource(names = {"ZLIB", "ZSTD"})
    void theHighestLevelPacksBetterThanTheDefault(Compression compression) {
        int most = Packing.mostLevel(compression);
        assertThat(packedBytes(new Packing(compression, OptionalInt.of(most))))
                .isLessThan(packedBytes(Packing.of(compression)));
    }

    private static int packedBytes(Packing packing) {
        int bytes = 0;
        ByteBuffer page = ByteBuffer.allocateDirect(Corpus.PAGE_BYTES);
        for (byte[] block : Corpus.blocks().values()) {
            page.clear().put(Arrays.copyOf(block, Corpus.PAGE_BYTES));
            bytes += pack(new PageCompressor(packing), page, Corpus.PAGE_BYTES).remaining();
        }
        return bytes;
    }

    @ParameterizedTest
    @EnumSource(names = {"LZO", "SNAPPY"})
    void lzoAndSnappyGiveTheBytesOfTheCodecsInJava(Compression compression) {
        for (int pageBytes : new int[] {Corpus.PAGE_BYTES, 65536}) {
            ByteBuffer batch =
                    ByteBuffer.allocateDirect(pageBytes * Corpus.blocks().size());
            for (byte[] block : Corpus.blocks().values()) {
                batch.put(Arrays.copyOf(block, pageBytes));
            }
            assertThat(pack(compressor(compression), batch, pageBytes))
                    .isEqualTo(pack(PageCompressor.reproducible(compression), batch, pageBytes));
        }
    }

    private static ByteBuffer pack(PageCompressor compressor, ByteBuffer batch, int pageBytes) {
        PackedPages packed = new PackedPages(pageBytes, batch.capacity() / pageBytes);
        packed.start(packed.mostPages());
        compressor.compress(batch, packed);
        compressor.close();
        return packed.data();
    }

    @Test
    void theLibrarySaysWhatIsLinkedIn() {
        assertThat(Codecs.describe().getFirst()).matches("native codecs: libdeflate [0-9.]+, libzstd [0-9.]+");
    }
}
