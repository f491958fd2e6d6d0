package io.inquest.dump.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What the machine's own zlib, LZO, snappy and zstd make of our blocks, and we of theirs: the codecs in Java and the
/// native ones, each with the same corpus. A library that is not installed is passed over, and the test says so.
final class SystemLibrariesTest {

    private static SystemLibrary library(Compression compression) {
        Optional<SystemLibrary> library = SystemLibrary.find(compression);
        assumeTrue(library.isPresent(), () -> SystemLibrary.file(compression) + " is not installed");
        return library.get();
    }

    @ParameterizedTest
    @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void theyReadWhatTheCodecsInJavaWrite(Compression compression) {
        SystemLibrary library = library(compression);
        try (BlockCompressor compressor = Codecs.newCompressor(compression)) {
            for (Map.Entry<String, byte[]> entry : Corpus.blocks().entrySet()) {
                byte[] block = entry.getValue();
                byte[] target = new byte[block.length + block.length / 4 + 100];
                int size = compressor.compress(block, 0, block.length, target, 0, target.length);
                assertThat(library.decompress(Arrays.copyOf(target, size), block.length))
                        .as(entry.getKey())
                        .hasValue(block);
            }
        }
    }

    /// Pages of all sizes that kernels have, each block of the corpus at the start of one.
    @ParameterizedTest
    @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void theyReadWhatTheNativeCodecsWrite(Compression compression) {
        assumeTrue(NativePages.canDo(compression), () -> "native codecs: " + NativePages.describe());
        SystemLibrary library = library(compression);
        for (int pageBytes : new int[] {4096, 16384, 65536}) {
            for (Map.Entry<String, byte[]> entry : Corpus.blocks().entrySet()) {
                byte[] page = Arrays.copyOf(entry.getValue(), pageBytes);
                PackedPages packed = new PackedPages(pageBytes, 1);
                packed.start(1);
                try (PageCompressor compressor = new PageCompressor(compression)) {
                    compressor.compress(ByteBuffer.allocateDirect(pageBytes).put(0, page), packed);
                }
                byte[] stored = new byte[packed.storedBytes(0)];
                packed.data().get(0, stored);
                if (packed.compression(0) == Compression.NONE) {
                    assertThat(stored).as(entry.getKey()).isEqualTo(page);
                } else {
                    assertThat(library.decompress(stored, pageBytes))
                            .as(entry.getKey())
                            .hasValue(page);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void weReadWhatTheyWrite(Compression compression) throws MalformedBlockException {
        SystemLibrary library = library(compression);
        try (BlockDecompressor decompressor = Codecs.newDecompressor(compression)) {
            for (Map.Entry<String, byte[]> entry : Corpus.blocks().entrySet()) {
                byte[] block = entry.getValue();
                for (int level : library.levels()) {
                    byte[] stored = library.compress(block, level);
                    byte[] expanded = new byte[block.length];
                    int length = decompressor.decompress(stored, 0, stored.length, expanded, 0, block.length);
                    assertThat(length).as("%s, level %d", entry.getKey(), level).isEqualTo(block.length);
                    assertThat(expanded)
                            .as("%s, level %d", entry.getKey(), level)
                            .isEqualTo(block);
                }
            }
        }
    }

    /// A buffer that is one byte too small, and a block that lacks its last byte.
    @ParameterizedTest
    @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void weRefuseOfTheirsWhatTheyRefuseThemselves(Compression compression) {
        SystemLibrary library = library(compression);
        try (BlockDecompressor decompressor = Codecs.newDecompressor(compression)) {
            for (byte[] page : Corpus.pages()) {
                byte[] stored = library.compress(page, library.levels()[0]);
                byte[] cut = Arrays.copyOf(stored, stored.length - 1);
                assertThat(library.decompress(stored, page.length - 1)).isEmpty();
                assertThatExceptionOfType(MalformedBlockException.class)
                        .isThrownBy(() -> decompressor.decompress(
                                stored, 0, stored.length, new byte[page.length], 0, page.length - 1));
                assertThat(library.decompress(cut, page.length)).isEmpty();
                assertThatExceptionOfType(MalformedBlockException.class)
                        .isThrownBy(() ->
                                decompressor.decompress(cut, 0, cut.length, new byte[page.length], 0, page.length));
            }
        }
    }
}
