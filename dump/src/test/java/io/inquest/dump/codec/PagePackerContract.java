package io.inquest.dump.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What every way to pack pages has to do. What it stores is read by the decompressors in Java.
abstract class PagePackerContract {

    private static final List<byte[]> PAGES = Corpus.pages();

    abstract PageCompressor compressor(Packing packing);

    final PageCompressor compressor(Compression compression) {
        return compressor(Packing.of(compression));
    }

    /// What this way can do. A test with each.
    static Compression[] compressions() {
        return Compression.values();
    }

    @ParameterizedTest
    @MethodSource("compressions")
    void everyStoredPageOfABatchComesBack(Compression compression) throws MalformedBlockException {
        PackedPages packed = packedPages();
        packed.start(PAGES.size());
        packed.leaveOut(2);
        try (PageCompressor compressor = compressor(compression)) {
            compressor.compress(batch(), packed);
        }
        assertThat(packed.storedBytes(2)).isZero();
        assertThat(packed.isLeftOut(2)).isTrue();
        assertHolds(packed, PAGES);
    }

    @ParameterizedTest
    @ValueSource(ints = {4096, 16384, 65536})
    void pagesOfEverySizeAndContentComeBack(int pageBytes) throws MalformedBlockException {
        List<byte[]> pages = new ArrayList<>();
        for (byte[] block : Corpus.blocks().values()) {
            for (int at = 0; at < block.length; at += pageBytes) {
                pages.add(Arrays.copyOfRange(block, at, at + pageBytes));
            }
        }
        ByteBuffer batch = ByteBuffer.allocateDirect(pageBytes * pages.size());
        pages.forEach(batch::put);
        PackedPages packed = new PackedPages(pageBytes, pages.size());
        for (Compression compression : compressions()) {
            packed.start(pages.size());
            try (PageCompressor compressor = compressor(compression)) {
                compressor.compress(batch, packed);
            }
            assertHolds(packed, pages);
        }
    }

    /// Whatever was packed before, and however large its pages were: the output may not depend on who packed what.
    @ParameterizedTest
    @MethodSource("compressions")
    void aPageOfOneWordIsStoredAsItIsByAPackerThatSawNoOther(Compression compression) {
        long[] words = {0, 0, 0x6b6b6b6b6b6b6b6bL, 0, 0x0123456789abcdefL, 0x0123456789abcdefL, 0x6b6b6b6b6b6b6b6bL};
        try (PageCompressor busy = compressor(compression)) {
            for (int pageBytes : new int[] {4096, 16384, 4096}) {
                for (long word : words) {
                    ByteBuffer page = ByteBuffer.allocateDirect(pageBytes);
                    while (page.hasRemaining()) {
                        page.putLong(word);
                    }
                    try (PageCompressor alone = compressor(compression)) {
                        assertThat(packedOne(busy, page)).isEqualTo(packedOne(alone, page));
                    }
                    page.put(pageBytes - 1, (byte) 1);
                    try (PageCompressor alone = compressor(compression)) {
                        assertThat(packedOne(busy, page)).isEqualTo(packedOne(alone, page));
                    }
                }
            }
        }
    }

    private static ByteBuffer packedOne(PageCompressor compressor, ByteBuffer page) {
        PackedPages packed = new PackedPages(page.capacity(), 1);
        packed.start(1);
        compressor.compress(page, packed);
        return packed.data();
    }

    @ParameterizedTest
    @EnumSource(names = {"ZLIB", "ZSTD"})
    void everyLevelIsTakenAndItsPagesComeBack(Compression compression) throws MalformedBlockException {
        for (int level = 1; level <= Packing.mostLevel(compression); level++) {
            PackedPages packed = packedPages();
            packed.start(PAGES.size());
            try (PageCompressor compressor = compressor(new Packing(compression, OptionalInt.of(level)))) {
                compressor.compress(batch(), packed);
            }
            assertHolds(packed, PAGES);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aLevelThatThereIsNotIsTheCallersMistake(Compression compression) {
        for (int level : new int[] {-1, 0, Packing.mostLevel(compression) + 1}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Packing(compression, OptionalInt.of(level)))
                    .withMessage(compression.label() + " has no level " + level);
        }
    }

    @Test
    void pagesInAnArrayAreStoredAsThoseInADirectBuffer() {
        ByteBuffer direct = batch();
        ByteBuffer array = ByteBuffer.allocate(direct.capacity()).put(0, direct, 0, direct.capacity());
        PackedPages fromDirect = packedPages();
        PackedPages fromArray = packedPages();
        fromDirect.start(PAGES.size());
        fromArray.start(PAGES.size());
        try (PageCompressor compressor = compressor(Compression.ZLIB)) {
            compressor.compress(direct, fromDirect);
            compressor.compress(array, fromArray);
        }
        assertThat(fromArray.data()).isEqualTo(fromDirect.data());
    }

    @Test
    void aPageThatCompressionDoesNotMakeSmallerIsStoredAsItIs() {
        PackedPages packed = packedPages();
        packed.start(PAGES.size());
        try (PageCompressor compressor = compressor(Compression.ZLIB)) {
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
        try (PageCompressor compressor = compressor(Compression.ZLIB)) {
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
    void aBatchOfMorePagesThanTheBufferHasIsTheCallersMistake() {
        PackedPages packed = packedPages();
        packed.start(PAGES.size());
        try (PageCompressor compressor = compressor(Compression.ZLIB)) {
            ByteBuffer cut = batch().limit(Corpus.PAGE_BYTES * PAGES.size() - 1);
            assertThatExceptionOfType(IndexOutOfBoundsException.class)
                    .isThrownBy(() -> compressor.compress(cut, packed));
        }
    }

    @Test
    void morePagesThanThereIsRoomForAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> packedPages().start(PAGES.size() + 1))
                .withMessage("a batch of 9 pages where at most 8 have room");
    }

    private static void assertHolds(PackedPages packed, List<byte[]> pages) throws MalformedBlockException {
        ByteBuffer data = packed.data();
        for (int i = 0; i < pages.size(); i++) {
            byte[] stored = new byte[packed.storedBytes(i)];
            data.get(stored);
            if (!packed.isLeftOut(i)) {
                assertThat(expand(packed.compression(i), stored, packed.pageBytes()))
                        .as("page %d", i)
                        .isEqualTo(pages.get(i));
            }
        }
        assertThat(data.hasRemaining()).isFalse();
    }

    private static byte[] expand(Compression compression, byte[] stored, int pageBytes) throws MalformedBlockException {
        byte[] page = new byte[pageBytes];
        try (BlockDecompressor decompressor = Codecs.newDecompressor(compression)) {
            assertThat(decompressor.decompress(stored, 0, stored.length, page, 0, pageBytes))
                    .isEqualTo(pageBytes);
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
