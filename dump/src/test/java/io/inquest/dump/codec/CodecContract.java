package io.inquest.dump.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What every pair of a compressor and a decompressor has to do.
abstract class CodecContract {

    private static final byte GUARD = 0x5c;
    private static final int MARGIN = 13;

    private final BlockCompressor compressor = compressor();
    private final BlockDecompressor decompressor = decompressor();

    abstract BlockCompressor compressor();

    abstract BlockDecompressor decompressor();

    /// Names of the libraries whose stored pages the test resources hold.
    abstract List<String> referenceLibraries();

    @AfterEach
    void close() {
        compressor.close();
        decompressor.close();
    }

    @Test
    void everyBlockOfTheCorpusComesBack() throws MalformedBlockException {
        for (Map.Entry<String, byte[]> entry : Corpus.blocks().entrySet()) {
            byte[] block = entry.getValue();
            byte[] stored = compress(block);
            assertThat(expand(stored, block.length)).as(entry.getKey()).isEqualTo(block);
        }
    }

    @Test
    void aBlockMayStandAnywhereInAnArray() throws MalformedBlockException {
        byte[] block = Corpus.text(777);
        byte[] stored = compress(block);
        for (int offset = 0; offset < 9; offset++) {
            byte[] source = guarded(offset + block.length + MARGIN);
            System.arraycopy(block, 0, source, offset, block.length);
            byte[] target = guarded(offset + 2000);
            int size = compressor.compress(source, offset, block.length, target, offset, 1500);
            assertThat(Arrays.copyOfRange(target, offset, offset + size)).isEqualTo(stored);
            assertGuarded(target, 0, offset);
            assertGuarded(target, offset + 1500, target.length);

            byte[] expanded = guarded(offset + block.length + MARGIN);
            int length = decompressor.decompress(target, offset, size, expanded, offset, block.length);
            assertThat(length).isEqualTo(block.length);
            assertThat(Arrays.copyOfRange(expanded, offset, offset + length)).isEqualTo(block);
            assertGuarded(expanded, 0, offset);
            assertGuarded(expanded, offset + length, expanded.length);
        }
    }

    @Test
    void aCompressorKeepsToItsLimit() {
        for (Map.Entry<String, byte[]> entry : Corpus.blocks().entrySet()) {
            byte[] block = entry.getValue();
            int size = compress(block).length;
            assertThat(compressInto(block, size)).as(entry.getKey()).isEqualTo(size);
            assertThat(compressInto(block, size - 1)).as(entry.getKey()).isEqualTo(-1);
            assertThat(compressInto(block, size / 2)).as(entry.getKey()).isLessThanOrEqualTo(0);
        }
    }

    private int compressInto(byte[] block, int limit) {
        if (limit < 0) {
            return -1;
        }
        byte[] target = guarded(MARGIN + limit + MARGIN);
        int size = compressor.compress(block, 0, block.length, target, MARGIN, limit);
        assertGuarded(target, 0, MARGIN);
        assertGuarded(target, MARGIN + limit, target.length);
        return size;
    }

    @Test
    void aBlockLargerThanTheTargetIsRefused() {
        for (byte[] block : Corpus.blocks().values()) {
            if (block.length > 0) {
                byte[] stored = compress(block);
                assertThatExceptionOfType(MalformedBlockException.class)
                        .isThrownBy(() -> expand(stored, block.length - 1));
            }
        }
    }

    @Test
    void aTargetMayBeLargerThanTheBlock() throws MalformedBlockException {
        for (byte[] block : Corpus.blocks().values()) {
            byte[] target = guarded(block.length + 100 + MARGIN);
            byte[] stored = compress(block);
            int length = decompressor.decompress(stored, 0, stored.length, target, 0, block.length + 100);
            assertThat(Arrays.copyOf(target, length)).isEqualTo(block);
            assertGuarded(target, block.length + 100, target.length);
        }
    }

    @Test
    void everyTruncationIsToldAsDamage() {
        for (byte[] block : smallBlocks()) {
            byte[] stored = compress(block);
            for (int cut = 0; cut < stored.length; cut++) {
                byte[] start = Arrays.copyOf(stored, cut);
                assertThatThrownBy(() -> expandWhole(start, block.length), "cut at byte %d", cut)
                        .isInstanceOf(MalformedBlockException.class);
            }
        }
    }

    @Test
    void changedBytesGiveDamageOrOtherBytesAndNothingElse() {
        Random random = new Random(20_26);
        for (byte[] block : smallBlocks()) {
            byte[] stored = compress(block);
            for (int round = 0; round < 3000 && stored.length > 0; round++) {
                byte[] changed = stored.clone();
                for (int flips = random.nextInt(3); flips >= 0; flips--) {
                    changed[random.nextInt(changed.length)] = (byte) random.nextInt();
                }
                expandOrRefuse(changed, block.length);
            }
        }
    }

    @Test
    void noiseGivesDamageOrBytesAndNothingElse() {
        for (int seed = 0; seed < 20_000; seed++) {
            expandOrRefuse(Corpus.random(seed % 200, seed), Corpus.PAGE_BYTES);
        }
    }

    @Test
    void damageLeavesNoTraceInTheNextBlock() throws MalformedBlockException {
        byte[] block = Corpus.pages().get(3);
        byte[] stored = compress(block);
        for (int cut = 0; cut < stored.length; cut += 5) {
            expandOrRefuse(Arrays.copyOf(stored, cut), block.length);
            assertThat(expand(stored, block.length)).isEqualTo(block);
        }
    }

    @Test
    void rangesOutsideTheArraysAreTheCallersMistake() {
        byte[] ten = new byte[10];
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> compressor.compress(ten, 5, 6, new byte[100], 0, 100));
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> compressor.compress(ten, 0, 10, new byte[100], 1, 100));
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> decompressor.decompress(ten, -1, 10, new byte[100], 0, 100));
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> decompressor.decompress(ten, 0, 10, new byte[100], 50, 51));
    }

    @Test
    void pagesStoredByReferenceLibrariesAreRead() throws MalformedBlockException {
        List<byte[]> pages = Corpus.pages();
        for (String library : referenceLibraries()) {
            List<byte[]> stored = Corpus.pagesBy(library);
            assertThat(stored).hasSameSizeAs(pages);
            for (int i = 0; i < pages.size(); i++) {
                assertThat(expand(stored.get(i), Corpus.PAGE_BYTES))
                        .as("page %d by %s", i, library)
                        .isEqualTo(pages.get(i));
            }
        }
    }

    @Test
    void bothNameTheSameCompression() {
        assertThat(compressor.compression()).isEqualTo(decompressor.compression());
    }

    byte[] compress(byte[] block) {
        byte[] target = new byte[block.length + block.length / 4 + 100];
        int size = compressor.compress(block, 0, block.length, target, 0, target.length);
        assertThat(size).isNotNegative();
        return Arrays.copyOf(target, size);
    }

    private byte[] expand(byte[] stored, int limit) throws MalformedBlockException {
        byte[] target = guarded(MARGIN + limit + MARGIN);
        int length = -1;
        try {
            length = decompressor.decompress(stored, 0, stored.length, target, MARGIN, limit);
        } finally {
            assertGuarded(target, 0, MARGIN);
            assertGuarded(target, MARGIN + limit, target.length);
        }
        assertThat(length).isBetween(0, limit);
        return Arrays.copyOfRange(target, MARGIN, MARGIN + length);
    }

    /// Expands what has to give exactly `length` bytes, as a reader of pages does.
    private byte[] expandWhole(byte[] stored, int length) throws MalformedBlockException {
        byte[] expanded = expand(stored, length);
        if (expanded.length != length) {
            throw new MalformedBlockException("gave " + expanded.length + " bytes");
        }
        return expanded;
    }

    private void expandOrRefuse(byte[] stored, int limit) {
        try {
            expand(stored, limit);
        } catch (MalformedBlockException expected) {
            assertThat(expected.getMessage()).isNotBlank();
        }
    }

    private static List<byte[]> smallBlocks() {
        Map<String, byte[]> blocks = Corpus.blocks();
        List<byte[]> pages = Corpus.pages();
        return List.of(
                new byte[300],
                Corpus.random(64, 64),
                Corpus.text(700),
                blocks.getOrDefault("4096 bytes of structures", pages.get(1)),
                blocks.getOrDefault("4096 bytes of few values", pages.get(1)),
                pages.get(0),
                pages.get(4));
    }

    private static byte[] guarded(int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, GUARD);
        return bytes;
    }

    private static void assertGuarded(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] != GUARD) {
                throw new AssertionError("byte " + i + ", outside of the given range, was written");
            }
        }
    }
}
