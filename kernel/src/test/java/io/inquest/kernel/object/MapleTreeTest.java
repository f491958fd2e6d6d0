package io.inquest.kernel.object;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.kernel.object.MapleTree.Entry;
import io.inquest.testkit.BtfBuilder.Member;
import org.junit.jupiter.api.Test;

final class MapleTreeTest {

    private static final long TREE = 0x1000;
    private static final int LEAF = 1;
    private static final int ALLOCATION = 3;

    private final SyntheticStructs structs = new SyntheticStructs();

    MapleTreeTest() {
        int range = layout("maple_range_64", 15, 16);
        int allocation = layout("maple_arange_64", 9, 10);
        int dense = structs.btf.array(structs.pointer, 31);
        Member slots = structs.btf.member("slot", dense, 64);
        structs.btf.union(
                "maple_node",
                256,
                structs.btf.member("mr64", range, 0),
                structs.btf.member("ma64", allocation, 0),
                slots);
        structs.btf.struct("maple_tree", 16, structs.btf.member("ma_root", structs.pointer, 64));
    }

    private int layout(String tag, int pivots, int slots) {
        return structs.btf.struct(
                tag,
                256,
                structs.btf.member("parent", structs.pointer, 0),
                structs.btf.member("pivot", structs.btf.array(structs.word, pivots), 64),
                structs.btf.member("slot", structs.btf.array(structs.pointer, slots), 64 * (1 + pivots)));
    }

    private static long pointer(long page, int type) {
        return page * 4096 | type << 3 | 2;
    }

    private void leaf(long page, long[] pivots, long... slots) {
        structs.put(page * 4096, new long[32]);
        structs.put(page * 4096 + 8, pivots);
        structs.put(page * 4096 + 8 * 16, slots);
    }

    private Walk<Entry> walk() {
        return MapleTree.entries(structs.at("struct maple_tree", TREE), structs.types());
    }

    @Test
    void leafGivesTheRangesOfItsEntries() {
        structs.put(TREE + 8, pointer(2, LEAF));
        leaf(2, new long[] {0xfff, 0x1fff, 0x4fff}, 0, 0x8000, 0, 0x9000);

        Walk<Entry> walk = walk();
        assertThat(walk).containsExactly(new Entry(0x1000, 0x1fff, 0x8000), new Entry(0x5000, -1, 0x9000));
        assertThat(walk.end()).isEqualTo(new WalkEnd.Complete());
    }

    @Test
    void nodesAreGoneDownInOrder() {
        structs.put(TREE + 8, pointer(2, ALLOCATION));
        structs.put(2 * 4096, new long[32]);
        structs.put(2 * 4096 + 8, 99);
        structs.put(2 * 4096 + 8 * 10, pointer(3, LEAF), pointer(4, LEAF));
        leaf(3, new long[] {49, 99}, 0x7000, 0);
        leaf(4, new long[] {199, 0}, 0x8000, 0x9000);

        assertThat(walk())
                .containsExactly(new Entry(0, 49, 0x7000), new Entry(100, 199, 0x8000), new Entry(200, -1, 0x9000));
    }

    @Test
    void slotsThatLeadToAnEntryAreTold() {
        structs.put(TREE + 8, pointer(2, ALLOCATION));
        structs.put(2 * 4096, new long[32]);
        structs.put(2 * 4096 + 8, 99);
        structs.put(2 * 4096 + 8 * 10, pointer(3, LEAF), pointer(4, LEAF));
        leaf(3, new long[] {49, 99}, 0x7000, 0);
        leaf(4, new long[] {199, 0}, 0x8000, 0x9000);
        KernelObject tree = structs.at("struct maple_tree", TREE);

        assertThat(MapleTree.placedEntries(tree, structs.types()))
                .containsExactly(
                        new Placed<>(new Entry(0, 49, 0x7000), "0/0"),
                        new Placed<>(new Entry(100, 199, 0x8000), "1/0"),
                        new Placed<>(new Entry(200, -1, 0x9000), "1/1"));
        KernelObject second = tree.member("ma_root").in(tree.space());
        assertThat(MapleTree.placedEntriesBelow(second, structs.types())).hasSize(3);
    }

    @Test
    void onlyEntryOfATreeIsItsRoot() {
        structs.put(TREE + 8, 0x8000);
        assertThat(walk()).containsExactly(new Entry(0, 0, 0x8000));
        structs.put(TREE + 8, 0);
        assertThat(walk()).isEmpty();
    }

    @Test
    void denseNodeHasAnEntryForEachIndex() {
        structs.put(TREE + 8, pointer(2, 0));
        structs.put(2 * 4096, new long[32]);
        structs.put(2 * 4096 + 8, 0x7000, 0, 0x9000);

        assertThat(walk()).containsExactly(new Entry(0, 0, 0x7000), new Entry(2, 2, 0x9000));
    }

    @Test
    void branchThatIsNotThereIsLeftOutAndTold() {
        structs.put(TREE + 8, pointer(2, ALLOCATION));
        structs.put(2 * 4096, new long[32]);
        structs.put(2 * 4096 + 8, 99, 199);
        structs.put(2 * 4096 + 8 * 10, pointer(77, LEAF), pointer(2, ALLOCATION), pointer(4, LEAF));
        leaf(4, new long[] {299}, 0x8000);

        Walk<Entry> walk = walk();
        assertThat(walk).containsExactly(new Entry(200, 299, 0x8000));
        assertThat(SyntheticStructs.isFault(walk.end())).isTrue();
    }
}
