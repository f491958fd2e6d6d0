package io.inquest.kernel.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inquest.dump.DumpException;
import io.inquest.testkit.KernelEra;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class PageMapTest {

    private static final KernelEra ERA = KernelEra.v7_2();

    /// Two chunks of a scan and a bit.
    private static final int MANY = (2 << 15) + 4096;

    @Test
    void aBlockReachesOverTheChunksOfAScan() throws IOException {
        SyntheticKernel kernel = SyntheticKernel.of(ERA, MANY);
        // A hugetlb page of 256 MiB: 65536 frames, two chunks.
        kernel.pages.hugetlb(0, 16).free(1 << 16, 10);
        PageClass[] classes = kernel.classes();
        assertThat(Arrays.copyOfRange(classes, 0, 1 << 16)).containsOnly(PageClass.USER);
        assertThat(Arrays.copyOfRange(classes, 1 << 16, (1 << 16) + 1024)).containsOnly(PageClass.FREE);
        assertThat(Arrays.copyOfRange(classes, (1 << 16) + 1024, MANY)).containsOnly(PageClass.KEPT);
    }

    @Test
    void windowsAndThreadsDoNotChangeTheAnswer() throws IOException {
        SyntheticKernel kernel = SyntheticKernel.of(ERA, MANY);
        mixture(kernel, new Random(1));
        PageMap map = kernel.open();
        PageClass[] whole = SyntheticKernel.classes(map, 0, MANY, 1);
        assertThat(SyntheticKernel.classes(map, 0, MANY, 4)).isEqualTo(whole);
        Random random = new Random(2);
        for (int i = 0; i < 50; i++) {
            int from = random.nextInt(MANY) & ~63;
            int count = Math.min(MANY - from, 1 + random.nextInt(40_000));
            assertThat(SyntheticKernel.classes(map, from, count, 1 + random.nextInt(4)))
                    .isEqualTo(Arrays.copyOfRange(whole, from, from + count));
        }
    }

    private static void mixture(SyntheticKernel kernel, Random random) {
        for (int pfn = 0; pfn < MANY; ) {
            int order = Math.min(random.nextInt(11), pfn == 0 ? 10 : Integer.numberOfTrailingZeros(pfn));
            switch (random.nextInt(8)) {
                case 0 -> kernel.pages.free(pfn, order);
                case 1 -> kernel.pages.anonymousHuge(pfn, order);
                case 2 -> kernel.pages.slab(pfn, order);
                case 3 -> kernel.pages.fileHuge(pfn, order);
                case 4 -> kernel.pages.compound(pfn, order, 1);
                case 5 -> kernel.pages.offline(pfn);
                case 6 -> kernel.pages.hwpoison(pfn);
                default -> kernel.pages.reserved(pfn);
            }
            pfn += 1 << order;
        }
    }

    @Test
    void anImpossibleOrderKeepsThePageAndIsReported() throws IOException {
        SyntheticKernel kernel = SyntheticKernel.of(ERA, 4096);
        kernel.pages
                .free(16, 3)
                .privateWord(16, 11)
                .free(36, 2)
                .privateWord(36, 3)
                .free(64, 0)
                .privateWord(64, -1);
        assertThat(kernel.classes()).containsOnly(PageClass.KEPT);
        assertThat(kernel.warnings)
                .containsExactly("page frames marked as free with an impossible order: 3, the first is 0x10; they are"
                        + " kept");
    }

    @Test
    void anImpossibleCompoundOrderCountsAsOnePage() throws IOException {
        for (int order : new int[] {31, 32, 63, 64, 200, 23}) {
            SyntheticKernel kernel = SyntheticKernel.of(ERA, 4096);
            kernel.pages.anonymous(0).flag(0, ERA.bit().head());
            for (int bit = 0; bit < 8; bit++) {
                if ((order >> bit & 1) != 0) {
                    kernel.pages.flag(1, bit);
                }
            }
            PageClass[] classes = kernel.classes();
            assertThat(classes[0]).as("order %d", order).isEqualTo(PageClass.USER);
            assertThat(Arrays.copyOfRange(classes, 2, 4096)).containsOnly(PageClass.KEPT);
        }
    }

    @Test
    void aBrokenPageInsideAFreeBlockIsBroken() throws IOException {
        SyntheticKernel kernel = SyntheticKernel.of(ERA, 64);
        kernel.pages.free(8, 3).hwpoison(11);
        PageMap map = kernel.open();
        assertThat(SyntheticKernel.classes(map, 8, 8, 1))
                .containsExactly(
                        PageClass.FREE,
                        PageClass.FREE,
                        PageClass.FREE,
                        PageClass.HWPOISON,
                        PageClass.FREE,
                        PageClass.FREE,
                        PageClass.FREE,
                        PageClass.FREE);
        assertThat(map.describe(11).rule()).isEqualTo(Rule.HWPOISON);
        assertThat(map.describe(12).decidedAt()).isEqualTo(8);
    }

    /// As a fatal machine check leaves it.
    @Test
    void freeBlockIsFreeBehindABrokenFirstPage() throws IOException {
        SyntheticKernel kernel = SyntheticKernel.of(ERA, 64);
        kernel.pages.free(8, 2).hwpoison(8);
        PageMap map = kernel.open();
        assertThat(SyntheticKernel.classes(map, 8, 5, 1))
                .containsExactly(PageClass.HWPOISON, PageClass.FREE, PageClass.FREE, PageClass.FREE, PageClass.KEPT);
        assertThat(map.describe(8).rule()).isEqualTo(Rule.HWPOISON);
        assertThat(map.describe(8).frames()).isEqualTo(1);
        assertThat(map.describe(9).decidedAt()).isEqualTo(8);
        assertThat(map.describe(9).pageClass()).isEqualTo(PageClass.FREE);
    }

    /// `PG_buddy` of 2.6.32 (`include/linux/page-flags.h`) is in no note, only in files made from a vmlinux.
    @Test
    void aFlagMarksFreeBlocksWhereOnlyAFileTellsOfIt() throws IOException {
        String buddy = "NUMBER(PG_buddy)=19\n";
        SyntheticKernel kernel = SyntheticKernel.of(KernelEra.v2_6_32(), 64).with(buddy + "OFFSET(page.private)=16\n");
        kernel.pages.free(16, 3).flag(16, 19);
        PageMap map = kernel.open();
        PageClass[] classes = SyntheticKernel.classes(map, 0, 64, 1);
        assertThat(Arrays.copyOfRange(classes, 16, 24)).containsOnly(PageClass.FREE);
        assertThat(Arrays.copyOfRange(classes, 24, 64)).containsOnly(PageClass.KEPT);
        assertThat(map.describe(18).rule()).isEqualTo(Rule.BUDDY_FLAG);
    }

    @Test
    void markedPagesWhoseOrderIsNotKnownAreLeftToTheFreeLists() throws IOException {
        SyntheticKernel kernel = SyntheticKernel.of(KernelEra.v2_6_32(), 64).with("NUMBER(PG_buddy)=19\n");
        kernel.pages.free(16, 3).flag(16, 19);
        assertThat(kernel.classes()).containsOnly(PageClass.KEPT);
        assertThat(kernel.warnings)
                .containsExactly("vmcoreinfo does not tell how free pages are marked or listed: they are kept");
    }

    @Test
    void typesThatOnlyTheKernelUsesAreKeptWhateverElseIsSet() throws IOException {
        SyntheticKernel kernel = SyntheticKernel.of(ERA, 256);
        for (int type = 0x80; type < 0xff; type++) {
            kernel.pages.anonymous(type).file(type).type(type, type << 24);
        }
        PageClass[] classes = kernel.classes();
        for (int type = 0x80; type < 0xff; type++) {
            boolean known = type == 0xf0 || type == 0xf1 || type == 0xf4 || type == 0xf7;
            if (!known) {
                assertThat(classes[type]).as("type 0x%x", type).isEqualTo(PageClass.KEPT);
            }
        }
    }

    @Test
    void unreadableStructPagesKeepTheirFramesAndAreReported() throws IOException {
        SyntheticKernel kernel = SyntheticKernel.of(ERA, 4096);
        for (int pfn = 0; pfn < 4096; pfn++) {
            kernel.pages.anonymous(pfn);
        }
        kernel.space.hole(kernel.memMap() + 8192, 4096);
        PageMap map = kernel.open();
        PageClass[] classes = SyntheticKernel.classes(map, 0, 4096, 2);
        assertThat(Arrays.copyOfRange(classes, 0, 128)).containsOnly(PageClass.USER);
        assertThat(Arrays.copyOfRange(classes, 128, 192)).containsOnly(PageClass.KEPT);
        assertThat(Arrays.copyOfRange(classes, 192, 4096)).containsOnly(PageClass.USER);
        assertThat(kernel.warnings)
                .containsExactly("unreadable struct pages: 64, the first is that of page frame 0x80"
                        + " (0xffffea0000002000 is lost); these frames are kept");
        assertThat(map.describe(150).rule()).isEqualTo(Rule.UNREADABLE);
        assertThat(map.describe(150).structPage()).isEmpty();
    }

    @Test
    void whatIsNotMappedIsNotTriedPageByPage() throws IOException {
        SyntheticKernel kernel = SyntheticKernel.of(ERA, MANY);
        kernel.pages.anonymous(0).anonymous(MANY - 1);
        kernel.space.hole(kernel.memMap() + 8192, (MANY - 256) * 64L);
        PageMap map = kernel.open();
        int before = kernel.space.reads();
        PageClass[] classes = SyntheticKernel.classes(map, 0, MANY, 1);
        assertThat(kernel.space.reads() - before).isLessThan(60);
        assertThat(classes[0]).isEqualTo(PageClass.USER);
        assertThat(classes[MANY - 1]).isEqualTo(PageClass.USER);
        assertThat(kernel.warnings).singleElement().asString().startsWith("unreadable struct pages: ");
    }

    @Test
    void framesOutsideTheMemoryMapAreKept() throws IOException {
        SyntheticKernel kernel = SyntheticKernel.of(ERA, 64);
        kernel.pages.anonymous(63);
        PageMap map = kernel.open();
        assertThat(SyntheticKernel.classes(map, 0, 128, 1)[63]).isEqualTo(PageClass.USER);
        assertThat(SyntheticKernel.classes(map, 64, 64, 1)).containsOnly(PageClass.KEPT);
        assertThat(map.describe(100).rule()).isEqualTo(Rule.NO_STRUCT_PAGE);
    }

    @Test
    void damagedStructPagesNeverBreakTheScan() throws IOException {
        Random random = new Random(3);
        for (int round = 0; round < 200; round++) {
            KernelEra era = round % 2 == 0 ? ERA : KernelEra.v4_14();
            SyntheticKernel kernel = SyntheticKernel.of(era, 512);
            kernel.pages.free(0, 9).anonymousHuge(256, 4).slab(320, 3).hugetlb(384, 6);
            for (int flips = 0; flips < 40; flips++) {
                kernel.pages.flag(random.nextInt(512), random.nextInt(64));
                kernel.pages.type(random.nextInt(512), random.nextInt());
                kernel.pages.privateWord(random.nextInt(512), random.nextLong());
            }
            PageMap map = kernel.open();
            PageClass[] classes = SyntheticKernel.classes(map, 0, 512, 2);
            assertThat(classes).hasSize(512).doesNotContainNull();
            map.describe(random.nextInt(512));
        }
    }

    @Test
    void explainsATailByItsHead() throws IOException {
        for (KernelEra era : new KernelEra[] {KernelEra.v6_12(), KernelEra.v7_2(), KernelEra.v4_14()}) {
            SyntheticKernel kernel = SyntheticKernel.of(era, 64);
            kernel.pages.slab(8, 3).anonymousHuge(16, 2);
            PageMap map = kernel.open();
            PageInfo tail = map.describe(11);
            assertThat(tail.rule()).isEqualTo(Rule.TAIL);
            assertThat(tail.structPage().orElseThrow().head()).hasValue(8);
            PageInfo user = map.describe(18);
            assertThat(user.rule()).isEqualTo(Rule.ANONYMOUS);
            assertThat(user.decidedAt()).isEqualTo(16);
            assertThat(user.frames()).isEqualTo(4);
            assertThat(map.describe(16).structPage().orElseThrow().order()).isEqualTo(2);
        }
    }

    @Test
    void missingKeysAreNamed() {
        for (String key :
                new String[] {"SIZE(page)", "OFFSET(page.flags)", "OFFSET(page._refcount)", "OFFSET(page.mapping)"}) {
            SyntheticKernel kernel = SyntheticKernel.without(ERA, key);
            assertThatThrownBy(kernel::open)
                    .isInstanceOf(DumpException.class)
                    .hasMessageContaining("vmcoreinfo has no " + key.replace("_refcount", "_count"));
        }
    }

    @Test
    void impossibleSizesAndOffsetsAreRefused() {
        String[] bad = {
            "SIZE(page)=0",
            "SIZE(page)=-64",
            "SIZE(page)=8",
            "SIZE(page)=9223372036854775800",
            "SIZE(page)=60",
            "OFFSET(page.flags)=64",
            "OFFSET(page.flags)=-8",
            "OFFSET(page.mapping)=9223372036854775807",
            "OFFSET(page._mapcount)=62",
            "OFFSET(page.private)=61",
            "OFFSET(page.compound_info)=1000"
        };
        for (String line : bad) {
            SyntheticKernel kernel = SyntheticKernel.changed(ERA, line);
            assertThatThrownBy(kernel::open)
                    .as(line)
                    .isInstanceOf(DumpException.class)
                    .hasMessageContaining(line.substring(0, line.indexOf('=')).replace("_info", "_head"));
        }
    }

    @Test
    void refusesWindowsThatDoNotFitTheArray() throws IOException {
        PageMap map = SyntheticKernel.of(ERA, 64).open();
        assertThatThrownBy(() -> map.classify(0, 65, new byte[64], 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> map.classify(-1, 1, new byte[64], 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
