package io.inquest.kernel.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.kernel.VmcoreInfo;
import io.inquest.testkit.KernelEra;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Linux 2.6.24: free pages are known by the free lists alone (`include/linux/mmzone.h`).
final class FreeListsTest {

    private static final int FRAMES = 64;
    private static final long STRUCT_BYTES = 56;
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

    /// Struct pages in two pieces, side by side as in one vmemmap, or apart.
    @ParameterizedTest
    @ValueSource(longs = {32 * STRUCT_BYTES, 1 << 20})
    void blocksAreFoundInWhicheverPieceTheyLie(long secondAt) throws IOException {
        long first = kernel.memMap();
        long in5 = first + 5 * STRUCT_BYTES + LRU;
        long in40 = first + secondAt + (40 - 32) * STRUCT_BYTES + LRU;
        long in9 = first + 9 * STRUCT_BYTES + LRU;
        long head = head(0, 0);
        kernel.pages.lru(5, in40, head).lru(40, in9, in5).lru(9, head, in40);
        node.putLong((int) (head - NODE), in5).putLong((int) (head - NODE) + 8, in9);
        byte[] structs = kernel.pages.bytes();
        int half = 32 * (int) STRUCT_BYTES;
        kernel.space
                .put(NODE, node.array())
                .put(first, Arrays.copyOf(structs, half))
                .put(first + secondAt, Arrays.copyOfRange(structs, half, structs.length));
        List<MapPiece> pieces = List.of(MapPiece.mapped(0, 32, first), MapPiece.mapped(32, FRAMES, first + secondAt));

        VmcoreInfo info = kernel.vmcoreInfo();
        PageLayout layout = PageLayout.of(info, 8, ByteOrder.LITTLE_ENDIAN);
        MemMap memMap = NodeMemMap.nodes(pieces, (int) STRUCT_BYTES);
        StructPageSource source = new StructPageSource(kernel.space, memMap, layout);
        FrameSet free = new FreeLists(source, info, SyntheticKernel.bounds(FRAMES)).frames(kernel.warnings::add);

        assertThat(kernel.warnings).isEmpty();
        for (int pfn = 0; pfn < FRAMES; pfn++) {
            assertThat(free.contains(pfn)).as("frame %d", pfn).isEqualTo(pfn == 5 || pfn == 9 || pfn == 40);
        }
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
