package io.inquest.kernel.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.kernel.page.PageCensus.Use;
import io.inquest.testkit.KernelEra;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// How many frames struct pages say are used for what.
final class PageCensusTest {

    private static final KernelEra ERA = KernelEra.v6_12();
    private static final int FRAMES = 1 << 15;
    private static final int UNEVICTABLE_BIT = 62;
    private static final int LARGE_KMALLOC = 0xf8 << 24;
    private static final PageMarks MARKS =
            new PageMarks(1L << UNEVICTABLE_BIT, ERA.type().table(), LARGE_KMALLOC);

    private static Map<Use, Long> counted(PageMap map, PageMarks marks) throws IOException {
        PageCensus census = map.census(marks, FRAMES);
        Map<Use, Long> pages = new EnumMap<>(Use.class);
        for (Use use : Use.values()) {
            if (census.pages(use) != 0) {
                pages.put(use, census.pages(use));
            }
        }
        return pages;
    }

    @Test
    void eachUseIsCounted() throws IOException {
        SyntheticKernel kernel = SyntheticKernel.of(ERA, FRAMES);
        kernel.pages.free(16, 4).slab(32, 2).slab(36, 0).pageTable(40).type(41, LARGE_KMALLOC);
        kernel.pages
                .file(42)
                .anonymous(43)
                .anonymous(44)
                .flag(44, UNEVICTABLE_BIT)
                .swapCache(45);
        kernel.pages
                .compound(64, 3, 1)
                .fileHuge(128, 5)
                .anonymousHuge(1024, 9)
                .hugetlb(2048, 9)
                .offline(46);

        assertThat(counted(kernel.open(), MARKS))
                .containsOnly(
                        Map.entry(Use.FREE, 16L),
                        Map.entry(Use.SLAB, 5L),
                        Map.entry(Use.PAGE_TABLE, 1L),
                        Map.entry(Use.LARGE_KMALLOC, 1L),
                        Map.entry(Use.UNMARKED_COMPOUND, 8L),
                        Map.entry(Use.LRU_FILE, 1L + 1 + 32 + 512),
                        Map.entry(Use.UNEVICTABLE, 1L),
                        Map.entry(Use.MAPPED_ANON, 2L),
                        Map.entry(Use.LARGE_ANON, 512L));
    }

    @Test
    void typesThatNobodyNamesAreCountedTogether() throws IOException {
        SyntheticKernel kernel = SyntheticKernel.of(ERA, FRAMES);
        kernel.pages.pageTable(40).type(41, LARGE_KMALLOC);

        assertThat(counted(kernel.open(), new PageMarks(0, 0, 0))).containsOnly(Map.entry(Use.OTHER_TYPE, 2L));
    }

    /// The largest block that is read at once ends in the middle of a compound page.
    @Test
    void pagesAreCountedOverTheEndsOfBlocks() throws IOException {
        SyntheticKernel kernel = SyntheticKernel.of(ERA, FRAMES);
        for (int pfn = 0; pfn < FRAMES; pfn += 3 << 5) {
            kernel.pages.slab(pfn, 5);
        }

        assertThat(counted(kernel.open(), MARKS)).containsOnly(Map.entry(Use.SLAB, (FRAMES / 96 + 1) * 32L));
    }

    @Test
    void anyStructPagesAreCounted() throws IOException {
        Random random = new Random(6);
        SyntheticKernel kernel = SyntheticKernel.of(ERA, FRAMES);
        PageMap map = kernel.open();
        byte[] any = kernel.pages.bytes();
        random.nextBytes(any);
        kernel.space.put(kernel.memMap(), any);

        assertThat(map.census(MARKS, FRAMES).lost()).isZero();
    }
}
