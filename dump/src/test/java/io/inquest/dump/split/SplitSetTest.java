package io.inquest.dump.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inquest.dump.Dump;
import io.inquest.dump.DumpException;
import io.inquest.dump.Dumps;
import io.inquest.dump.MemoryFault;
import io.inquest.dump.PageState;
import io.inquest.dump.Warnings;
import io.inquest.dump.io.MemorySource;
import io.inquest.testkit.FlattenedBuilder;
import io.inquest.testkit.KdumpBuilder;
import io.inquest.testkit.PagePattern;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SplitSetTest {

    private static final int PAGE = 4096;

    @TempDir
    private Path folder;

    /// Frames 8 to 15 and 40 to 63 are stored, 17 and 30 are too, 18 is zero, 20 excluded.
    static PageState expected(int pfn) {
        if ((pfn >= 8 && pfn < 16) || pfn >= 40 || pfn == 17 || pfn == 30) {
            return PageState.STORED;
        }
        return pfn == 33 ? PageState.ZERO : pfn == 20 || pfn == 2 ? PageState.EXCLUDED : PageState.ABSENT;
    }

    static KdumpBuilder part(long start, long end) {
        KdumpBuilder builder =
                KdumpBuilder.version(6).frames(64).part(start, end).level(31);
        for (int pfn = 0; pfn < 64; pfn++) {
            switch (expected(pfn)) {
                case STORED -> builder.page(pfn);
                case ZERO -> builder.zeroPage(pfn);
                case EXCLUDED -> builder.excludedPage(pfn);
                case ABSENT, LOST -> {
                    // Nothing to build.
                }
            }
        }
        return builder;
    }

    static Dump open(KdumpBuilder... parts) throws IOException {
        List<Dump> dumps = new ArrayList<>();
        for (KdumpBuilder part : parts) {
            dumps.add(Dumps.open(new MemorySource("part" + dumps.size(), part.build()), Warnings.NONE));
        }
        return SplitSet.of(dumps, Warnings.NONE);
    }

    @Test
    void partsInAnyOrderAreTheWholeDump() throws IOException {
        try (Dump dump = open(part(32, 64), part(0, 16), part(64, 64), part(16, 32))) {
            assertThat(dump.completeness().complete()).isTrue();
            assertThat(dump.header().part()).isEmpty();
            assertThat(dump.name()).isEqualTo("part1, part3, part0, part2");
            for (int pfn = 0; pfn < 64; pfn++) {
                assertThat(dump.memory().state(pfn)).as("frame %d", pfn).isEqualTo(expected(pfn));
            }
        }
    }

    @Test
    void partAloneCountsDescriptorsFromItsFirstFrame() throws IOException {
        try (Dump dump = Dumps.open(new MemorySource("part", part(32, 64).build()), Warnings.NONE)) {
            ByteBuffer page = ByteBuffer.allocate(PAGE);
            dump.memory().read(50 * PAGE, page);
            assertThat(page.array()).isEqualTo(PagePattern.of(50, PAGE));
            assertThat(dump.memory().state(33)).isEqualTo(PageState.ZERO);
        }
    }

    @Test
    void partAloneSaysWhatItHoldsAndThatOthersAreLost() throws IOException {
        try (Dump dump = Dumps.open(new MemorySource("part", part(16, 32).build()), Warnings.NONE)) {
            assertThat(dump.completeness().remarks())
                    .containsExactly("it is one part of a split set and holds page frames 0x10 up to 0x20 of 0x40");
            assertThat(dump.memory().state(8)).isEqualTo(PageState.LOST);
            assertThat(dump.memory().state(2)).isEqualTo(PageState.EXCLUDED);
            assertThat(dump.memory().state(0)).isEqualTo(PageState.ABSENT);
            assertThatThrownBy(() -> dump.memory().read(8 * PAGE, ByteBuffer.allocate(1)))
                    .isInstanceOf(MemoryFault.class)
                    .hasMessage("part: page frame 0x8 is in another part of the split set");
        }
    }

    @Test
    void missingPartIsNamed() throws IOException {
        try (Dump dump = open(part(32, 64), part(0, 16))) {
            assertThat(dump.completeness().remarks())
                    .containsExactly("the part of the split set with page frames 0x10 to 0x1f is missing");
        }
    }

    @Test
    void incompletePartMakesTheSetIncomplete() throws IOException {
        try (Dump dump = open(part(0, 32), part(32, 64).status(8))) {
            assertThat(dump.completeness().remarks()).containsExactly("part1: its writer marked it as incomplete");
        }
    }

    @Test
    void samePartTwiceIsRefused() {
        assertThatThrownBy(() -> open(part(0, 32), part(16, 64)))
                .isInstanceOf(DumpException.class)
                .hasMessage("part1 and part0: hold the same page frames (0x10); give each part once");
    }

    @Test
    void partOfAnotherDumpIsRefused() {
        assertThatThrownBy(() -> open(part(0, 32), part(32, 64).crashTime(5)))
                .isInstanceOf(DumpException.class)
                .hasMessageStartingWith("part1: is a part of another dump than part0");
    }

    @Test
    void wholeDumpAmongPartsIsRefused() {
        assertThatThrownBy(() -> open(part(0, 32), KdumpBuilder.version(6)))
                .isInstanceOf(DumpException.class)
                .hasMessageStartingWith("part1: is no part of a split set");
    }

    @Test
    void partsMayBeFlattened() throws IOException {
        byte[] flat = new FlattenedBuilder().file(part(0, 32).build(), 999).build();
        Path one = Files.write(folder.resolve("one"), flat);
        Path two = Files.write(folder.resolve("two"), part(32, 64).build());
        try (Dump dump = Dumps.open(List.of(two, one), Warnings.NONE)) {
            assertThat(dump.completeness().complete()).isTrue();
            assertThat(dump.memory().state(17)).isEqualTo(PageState.STORED);
        }
    }

    @Test
    void severalFilesAreASplitSet() throws IOException {
        Path one = Files.write(folder.resolve("one"), part(0, 32).build());
        Path two = Files.write(folder.resolve("two"), part(32, 64).build());
        try (Dump dump = Dumps.open(List.of(two, one), Warnings.NONE)) {
            assertThat(dump.completeness().complete()).isTrue();
            assertThat(dump.name()).isEqualTo(one + ", " + two);
        }
    }
}
