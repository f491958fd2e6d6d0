package io.inquest.kernel.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.testkit.KernelEra;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// Linux 2.6.24: free pages are known by the free lists alone (`include/linux/mmzone.h`).
final class FreeListsTest {

    private static final int FRAMES = 64;
    private static final int LRU = 40;
    private static final long NODE = 0xffff_ffff_8070_0000L;
    private static final int AREA_BYTES = 2 * 16 + 8;
    private static final int FREE_AREA = 0x20;
    private static final int SPANNED = 0x10;
    private static final int ZONE_BYTES = 0x400;

    private final SyntheticKernel kernel =
            SyntheticKernel.of(KernelEra.v2_6_24(), FRAMES).with("""
                  SYMBOL(contig_page_data)=ffffffff80700000
                  SIZE(zone)=1024
                  SIZE(free_area)=40
                  SIZE(list_head)=16
                  OFFSET(pglist_data.node_zones)=0
                  OFFSET(pglist_data.nr_zones)=1024
                  OFFSET(zone.free_area)=32
                  OFFSET(zone.spanned_pages)=16
                  OFFSET(free_area.free_list)=0
                  OFFSET(list_head.next)=0
                  OFFSET(list_head.prev)=8
                  LENGTH(zone.free_area)=11
                  LENGTH(free_area.free_list)=2
                  """);

    private final ByteBuffer node = ByteBuffer.allocate(ZONE_BYTES + 16).order(ByteOrder.LITTLE_ENDIAN);

    FreeListsTest() {
        node.putLong(SPANNED, FRAMES).putInt(ZONE_BYTES, 1);
        for (int order = 0; order < 11; order++) {
            for (int type = 0; type < 2; type++) {
                long head = head(order, type);
                node.putLong((int) (head - NODE), head).putLong((int) (head - NODE) + 8, head);
            }
        }
    }

    private static long head(int order, int type) {
        return NODE + FREE_AREA + (long) order * AREA_BYTES + type * 16L;
    }

    private long entry(int pfn) {
        return kernel.memMap() + pfn * 56L + LRU;
    }

    /// Chains free blocks into one list, as `list_add` does.
    private void list(int order, int type, int... pfns) {
        long head = head(order, type);
        for (int i = 0; i < pfns.length; i++) {
            long previous = i == 0 ? head : entry(pfns[i - 1]);
            long next = i == pfns.length - 1 ? head : entry(pfns[i + 1]);
            kernel.pages.lru(pfns[i], next, previous);
        }
        node.putLong((int) (head - NODE), entry(pfns[0]))
                .putLong((int) (head - NODE) + 8, entry(pfns[pfns.length - 1]));
    }

    private PageClass[] classes() throws IOException {
        kernel.space.put(NODE, node.array());
        PageMap map = kernel.open();
        return SyntheticKernel.classes(map, 0, FRAMES, 1);
    }

    @Test
    void blocksOfAllListsAreFree() throws IOException {
        list(0, 0, 5, 9);
        list(3, 1, 16, 40);
        PageClass[] classes = classes();
        for (int pfn = 0; pfn < FRAMES; pfn++) {
            boolean free = pfn == 5 || pfn == 9 || (pfn >= 16 && pfn < 24) || (pfn >= 40 && pfn < 48);
            assertThat(classes[pfn]).as("frame %d", pfn).isEqualTo(free ? PageClass.FREE : PageClass.KEPT);
        }
        assertThat(kernel.warnings).isEmpty();
    }

    @Test
    void aBrokenLinkKeepsWhatIsBehindIt() throws IOException {
        list(0, 0, 5, 9, 11);
        kernel.pages.lru(9, entry(11), 0x1234);
        PageClass[] classes = classes();
        assertThat(classes[5]).isEqualTo(PageClass.FREE);
        assertThat(classes[9]).isEqualTo(PageClass.KEPT);
        assertThat(classes[11]).isEqualTo(PageClass.KEPT);
        assertThat(kernel.warnings).hasSize(1);
        assertThat(kernel.warnings.getFirst()).contains("the free list at").contains("is broken at");
    }

    @Test
    void aLoopEnds() throws IOException {
        list(0, 0, 5, 9);
        kernel.pages.lru(9, entry(5), entry(5)).lru(5, entry(9), entry(9));
        assertThat(classes()[5]).isIn(PageClass.FREE, PageClass.KEPT);
        assertThat(kernel.warnings).isNotEmpty();
    }

    @Test
    void anUnalignedBlockIsNotBelieved() throws IOException {
        list(3, 0, 12);
        assertThat(Arrays.asList(classes())).containsOnly(PageClass.KEPT);
        assertThat(kernel.warnings).hasSize(1);
    }

    @Test
    void explainsByTheFreeList() throws IOException {
        list(3, 1, 16);
        kernel.space.put(NODE, node.array());
        assertThat(kernel.open().describe(20).rule()).isEqualTo(Rule.FREE_LIST);
    }

    @Test
    void withoutTheKeysFreePagesAreKeptAndItIsSaid() throws IOException {
        SyntheticKernel bare = SyntheticKernel.of(KernelEra.v2_6_24(), FRAMES);
        assertThat(bare.classes()).containsOnly(PageClass.KEPT);
        assertThat(bare.warnings)
                .containsExactly("vmcoreinfo does not tell how free pages are marked or listed: they are kept");
    }
}
