package io.inquest.dump.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class PageCompressorTest {

    private static final List<byte[]> PAGES = Corpus.pages();

    @ParameterizedTest
    @EnumSource(Compression.class)
    void everyStoredPageOfABatchComesBack(Compression compression) throws MalformedBlockException {
        PackedPages packed = packedPages();
        packed.start(PAGES.size());
        packed.leaveOut(2);
        try (PageCompressor compressor = new PageCompressor(compression)) {
            compressor.compress(batch(), packed);
        }
        ByteBuffer data = packed.data();
        for (int i = 0; i < PAGES.size(); i++) {
            byte[] stored = new byte[packed.storedBytes(i)];
            data.get(stored);
            if (i == 2) {
                assertThat(stored).isEmpty();
            } else {
                assertThat(expand(packed.compression(i), stored)).isEqualTo(PAGES.get(i));
            }
        }
        assertThat(data.hasRemaining()).isFalse();
    }

    @Test
    void aPageThatCompressionDoesNotMakeSmallerIsStoredAsItIs() {
        PackedPages packed = packedPages();
        packed.start(PAGES.size());
        try (PageCompressor compressor = new PageCompressor(Compression.ZLIB)) {
            compressor.compress(batch(), packed);
        }
        int noise = PAGES.size() - 1;
        assertThat(packed.storedBytes(noise)).isEqualTo(Corpus.PAGE_BYTES);
        assertThat(packed.compression(noise)).isEqualTo(Compression.NONE);
        assertThat(packed.compression(0)).isEqualTo(Compression.ZLIB);
    }

    @Test
    void aBatchLeavesNothingForTheNext() {
        PackedPages packed = packedPages();
        try (PageCompressor compressor = new PageCompressor(Compression.ZLIB)) {
            packed.start(PAGES.size());
            packed.leaveOut(0);
            compressor.compress(batch(), packed);
            packed.start(1);
            assertThat(packed.data().remaining()).isZero();
            compressor.compress(batch(), packed);
        }
        assertThat(packed.storedBytes(0)).isPositive().isEqualTo(packed.data().remaining());
    }

    @Test
    void moreFramesThanThereIsRoomForAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> packedPages().start(PAGES.size() + 1))
                .withMessage("a batch of 9 pages where at most 8 have room");
    }

    private static byte[] expand(Compression compression, byte[] stored) throws MalformedBlockException {
        byte[] page = new byte[Corpus.PAGE_BYTES];
        try (BlockDecompressor decompressor = Codecs.newDecompressor(compression)) {
            assertThat(decompressor.decompress(stored, 0, stored.length, page, 0, page.length))
                    .isEqualTo(page.length);
        }
        return page;
    }

    private static PackedPages packedPages() {
        return new PackedPages(Corpus.PAGE_BYTES, PAGES.size());
    }

    private static ByteBuffer batch() {
        ByteBuffer batch = ByteBuffer.allocateDirect(Corpus.PAGE_BYTES * PAGES.size());
        PAGES.forEach(batch::put);
        return batch;
    }
}
