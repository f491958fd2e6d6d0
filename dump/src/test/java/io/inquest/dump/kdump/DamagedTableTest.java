package io.inquest.dump.kdump;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.dump.Dump;
import io.inquest.dump.Dumps;
import io.inquest.dump.PageState;
import io.inquest.dump.io.MemorySource;
import io.inquest.testkit.KdumpBuilder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// One wrong byte in what many pages depend on costs no page in silence.
final class DamagedTableTest {

    private static final int PAGE = 4096;
    private static final int BITMAP_2 = 3 * PAGE;
    private static final int DESCRIPTORS = 4 * PAGE;

    private final List<String> warnings = new ArrayList<>();

    private static KdumpBuilder pages() {
        return KdumpBuilder.version(6).page(3).page(4).page(12).page(40).page(41);
    }

    private Dump open(byte[] file) throws IOException {
        return Dumps.open(new MemorySource("vmcore", file), warnings::add);
    }

    /// Where the page data begins, as the first descriptor has it.
    private static int dataAt(byte[] file, int pagesBefore) {
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        return (int) bytes.getLong(DESCRIPTORS) - pagesBefore * PAGE;
    }

    @Test
    void damagedPageThatAllPagesOfZerosShareIsToldAndTheyAreZeros() throws IOException {
        byte[] zeroFirst = pages().level(31).zeroPage(1).zeroPage(50).build();
        zeroFirst[dataAt(zeroFirst, 0) + 100] = 7;
        byte[] zeroLater = pages().level(31).zeroPage(50).build();
        zeroLater[dataAt(zeroLater, 1) + 100] = 7;

        for (byte[] file : List.of(zeroFirst, zeroLater)) {
            warnings.clear();
            try (Dump dump = open(file)) {
                assertThat(warnings)
                        .containsExactly("vmcore: the page of zeros that all pages of zeros share is damaged; they are"
                                + " read as zeros");
                assertThat(dump.memory().state(50)).isEqualTo(PageState.ZERO);
                assertThat(dump.memory().state(3)).isEqualTo(PageState.STORED);
                assertThat(dump.completeness().complete()).isTrue();
            }
        }
    }

    /// Before it are zeros, as the descriptors have that the other parts use.
    @Test
    void damagedPageOfZerosOfAPartIsToldToo() throws IOException {
        KdumpBuilder builder = pages().level(31).part(50, 60).zeroPage(50).zeroPage(51);
        for (int pfn = 64; pfn < 300; pfn++) {
            builder.page(pfn);
        }
        byte[] file = builder.frames(300).build();
        file[dataAt(file, 0) + 100] = 7;

        try (Dump dump = open(file)) {
            assertThat(warnings).hasSize(1);
            assertThat(dump.memory().state(51)).isEqualTo(PageState.ZERO);
        }
    }

    @Test
    void firstPageOfADumpWithZerosIsNotTakenForASharedOne() throws IOException {
        try (Dump dump = open(pages().level(30).build())) {
            assertThat(warnings).isEmpty();
            assertThat(dump.memory().state(3)).isEqualTo(PageState.STORED);
        }
    }

    /// Bits of frames before the part, in it, and behind it; one more, or one fewer.
    @ParameterizedTest
    @ValueSource(ints = {3, 5, 12, 13, 40, 45})
    void wrongBitInBitmap2OfAPartIsTold(int pfn) throws IOException {
        for (int level = 0; level <= 1; level++) {
            byte[] file = pages().level(level).part(8, 32).build();
            try (Dump dump = open(file)) {
                assertThat(dump.completeness().remarks()).hasSize(1);
            }
            file[BITMAP_2 + (pfn >>> 3)] ^= (byte) (1 << (pfn & 7));
            try (Dump dump = open(file)) {
                assertThat(dump.completeness().remarks())
                        .anyMatch(remark -> remark.contains("frames may be given the contents of others"));
            }
        }
    }

    /// A bit that moved over the part's border leaves the sum of all as it was.
    @ParameterizedTest
    @ValueSource(ints = {8, 32})
    void bitThatMovedOverTheBorderOfAPartIsTold(int border) throws IOException {
        KdumpBuilder builder = KdumpBuilder.version(6)
                .level(0)
                .page(3)
                .page(border - 1)
                .page(12)
                .page(40)
                .part(border == 8 ? 8 : 4, border == 8 ? 64 : 32);
        byte[] file = builder.build();
        file[BITMAP_2 + ((border - 1) >>> 3)] ^= (byte) (1 << ((border - 1) & 7));
        file[BITMAP_2 + (border >>> 3)] ^= (byte) (1 << (border & 7));

        try (Dump dump = open(file)) {
            assertThat(dump.completeness().remarks()).hasSize(2);
        }
    }
}
