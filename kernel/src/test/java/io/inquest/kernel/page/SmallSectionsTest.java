package io.inquest.kernel.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.kernel.VmcoreInfo;
import io.inquest.testkit.KernelEra;
import io.inquest.testkit.StructPageBuilder;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Sections of 16 MiB (`SECTION_SIZE_BITS` of powerpc) with an array of struct pages each, in no order: blocks
/// reach over sections, blocks of struct pages end with them, and a scan meets several of them.
final class SmallSectionsTest {

    private static final KernelEra ERA = KernelEra.v6_12();
    private static final int SECTION_BITS = 24;
    private static final int SECTION_FRAMES = 1 << 12;
    private static final int SECTIONS = 20;
    private static final int ABSENT = 18;
    private static final int FRAMES = SECTIONS * SECTION_FRAMES;
    private static final int STRUCT_BYTES = 64;
    private static final int ROOTS = 1 << 14;
    private static final long TABLE = 0xffff_8880_1000_0000L;
    private static final long ROOT = 0xffff_8880_2000_0000L;
    private static final long ARRAYS = 0xffff_8880_4000_0000L;
    private static final long ARRAY_STRIDE = 1L << 20;
    private static final String INFO = ERA.vmcoreinfo() + """
            SYMBOL(mem_section)=ffff888010000000
            LENGTH(mem_section)=16384
            SIZE(mem_section)=16
            OFFSET(mem_section.section_mem_map)=0
            """;

    private final SyntheticSpace space = new SyntheticSpace(8, ByteOrder.LITTLE_ENDIAN);
    private final List<String> warnings = new ArrayList<>();

    /// A hugetlb page of 256 MiB over sections 0 to 15, free blocks of 4 MiB behind it in sections 16 and 17.
    @BeforeEach
    void buildMachine() {
        StructPageBuilder pages = new StructPageBuilder(ERA, ByteOrder.LITTLE_ENDIAN, ARRAYS, FRAMES);
        pages.hugetlb(0, 16)
                .free(1 << 16, 10)
                .free((1 << 16) + SECTION_FRAMES, 10)
                .anonymous(FRAMES - 1);
        byte[] structs = pages.bytes();
        long[] table = new long[ROOTS];
        table[0] = ROOT;
        long[] root = new long[512];
        for (int section = 0; section < SECTIONS; section++) {
            int from = section * SECTION_FRAMES * STRUCT_BYTES;
            long array = ARRAYS + (SECTIONS - section) * ARRAY_STRIDE;
            root[2 * section] = section == ABSENT ? 0 : (array - from) | 3;
            space.put(array, Arrays.copyOfRange(structs, from, from + SECTION_FRAMES * STRUCT_BYTES));
        }
        space.words(TABLE, table).words(ROOT, root);
    }

    private PageMap open() throws IOException {
        MemoryBounds bounds = new MemoryBounds(FRAMES, SyntheticKernel.PAGE_SHIFT, SECTION_BITS, 46);
        return PageMap.open(space, VmcoreInfo.parse(INFO), bounds, warnings::add);
    }

    @Test
    void blocksReachOverSections() throws IOException {
        PageClass[] classes = SyntheticKernel.classes(open(), 0, FRAMES, 2);
        assertThat(Arrays.copyOfRange(classes, 0, 1 << 16)).containsOnly(PageClass.USER);
        for (int start : new int[] {1 << 16, (1 << 16) + SECTION_FRAMES}) {
            assertThat(Arrays.copyOfRange(classes, start, start + 1024)).containsOnly(PageClass.FREE);
            assertThat(Arrays.copyOfRange(classes, start + 1024, start + SECTION_FRAMES))
                    .containsOnly(PageClass.KEPT);
        }
        assertThat(Arrays.copyOfRange(classes, ABSENT * SECTION_FRAMES, FRAMES - 1))
                .containsOnly(PageClass.KEPT);
        assertThat(classes[FRAMES - 1]).isEqualTo(PageClass.USER);
        assertThat(warnings).isEmpty();
    }

    @Test
    void aWindowThatBeginsInAnotherSectionThanItsBlockGivesTheSame() throws IOException {
        PageMap map = open();
        PageClass[] whole = SyntheticKernel.classes(map, 0, FRAMES, 1);
        for (int from = 1; from < FRAMES; from += 3001) {
            int count = Math.min(5000, FRAMES - from);
            assertThat(SyntheticKernel.classes(map, from, count, 1))
                    .as("from frame 0x%x", from)
                    .isEqualTo(Arrays.copyOfRange(whole, from, from + count));
            assertThat(map.describe(from).pageClass()).isEqualTo(whole[from]);
        }
    }
}
