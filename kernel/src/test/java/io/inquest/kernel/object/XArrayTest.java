package io.inquest.kernel.object;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.kernel.object.XArray.Entry;
import org.junit.jupiter.api.Test;

final class XArrayTest {

    private static final long ROOT = 0x1000;
    private static final int SLOTS = 64;

    private final SyntheticStructs structs = new SyntheticStructs();

    private void types(String node, String root, String head) {
        int slots = structs.btf.array(structs.pointer, SLOTS);
        structs.btf.struct(
                node,
                16 + 8 * SLOTS,
                structs.btf.member("shift", structs.octet, 0),
                structs.btf.member("slots", slots, 128));
        structs.btf.struct(root, 16, structs.btf.member(head, structs.pointer, 64));
    }

    private void xarray() {
        types("xa_node", "xarray", "xa_head");
    }

    /// A node in a page of its own.
    private void node(long page, int shift) {
        structs.put(page * 4096, shift);
        structs.put(page * 4096 + 16, new long[SLOTS]);
    }

    private void slot(long page, int slot, long word) {
        structs.put(page * 4096 + 16 + 8L * slot, word);
    }

    private Walk<Entry> walk(String root) {
        return XArray.entries(structs.at(root, ROOT), structs.types());
    }

    @Test
    void entriesOfAllLevelsComeWithTheirIndex() {
        xarray();
        structs.put(ROOT + 8, 0x2000 | 2);
        node(2, 6);
        node(3, 0);
        slot(2, 1, 0x3000 | 2);
        slot(2, 5, 0x9000);
        slot(3, 0, 0x8000);
        slot(3, 63, 77 << 1 | 1);

        Walk<Entry> walk = walk("struct xarray");
        assertThat(walk).containsExactly(new Entry(64, 0x8000), new Entry(127, 155), new Entry(320, 0x9000));
        assertThat(walk.end()).isEqualTo(new WalkEnd.Complete());
    }

    @Test
    void slotsThatLeadToAnEntryAreTold() {
        xarray();
        structs.put(ROOT + 8, 0x2000 | 2);
        node(2, 6);
        node(3, 0);
        slot(2, 1, 0x3000 | 2);
        slot(2, 5, 0x9000);
        slot(3, 63, 0x8000);

        assertThat(XArray.placedEntries(structs.at("struct xarray", ROOT), structs.types()))
                .containsExactly(
                        new Placed<>(new Entry(127, 0x8000), "1/63"), new Placed<>(new Entry(320, 0x9000), "5"));
        assertThat(XArray.placedEntriesBelow(structs.at("struct xa_node", 0x3000), structs.types()))
                .containsExactly(new Placed<>(new Entry(63, 0x8000), "63"));
    }

    @Test
    void indexIsFoundWithoutAWalk() {
        xarray();
        structs.put(ROOT + 8, 0x2000 | 2);
        node(2, 0);
        slot(2, 4, 0x8000);
        slot(2, 5, 4 << 2 | 2);
        slot(2, 6, 256 << 2 | 2);
        KernelObject root = structs.at("struct xarray", ROOT);

        assertThat(XArray.at(root, structs.types(), 4)).hasValue(new Entry(4, 0x8000));
        assertThat(XArray.at(root, structs.types(), 5)).hasValue(new Entry(5, 0x8000));
        assertThat(XArray.at(root, structs.types(), 6)).isEmpty();
        assertThat(XArray.at(root, structs.types(), 68)).isEmpty();
        assertThat(walk("struct xarray")).containsExactly(new Entry(4, 0x8000));
    }

    @Test
    void onlyEntryOfAnArrayIsItsHead() {
        xarray();
        structs.put(ROOT + 8, 0x8000);
        assertThat(walk("struct xarray")).containsExactly(new Entry(0, 0x8000));
        structs.put(ROOT + 8, 0);
        assertThat(walk("struct xarray")).isEmpty();
    }

    @Test
    void oldRadixTreeMarksItsNodesWithTheOtherBit() {
        types("radix_tree_node", "radix_tree_root", "rnode");
        structs.put(ROOT + 8, 0x2000 | 1);
        node(2, 0);
        slot(2, 3, 0x8000);
        slot(2, 4, 9 << 2 | 2);

        assertThat(walk("struct radix_tree_root")).containsExactly(new Entry(3, 0x8000), new Entry(4, 38));
    }

    @Test
    void radixTreeOfHeightsMarksOnlyItsRoot() {
        int slots = structs.btf.array(structs.pointer, SLOTS);
        structs.btf.struct(
                "radix_tree_node",
                16 + 8 * SLOTS,
                structs.btf.member("height", structs.octet, 0),
                structs.btf.member("slots", slots, 128));
        structs.btf.struct("radix_tree_root", 16, structs.btf.member("rnode", structs.pointer, 64));
        structs.put(ROOT + 8, 0x2000 | 1);
        node(2, 2);
        node(3, 1);
        slot(2, 2, 0x3000);
        slot(3, 1, 0x8000);

        assertThat(walk("struct radix_tree_root")).containsExactly(new Entry(129, 0x8000));
        assertThat(XArray.at(structs.at("struct radix_tree_root", ROOT), structs.types(), 129))
                .hasValue(new Entry(129, 0x8000));
    }

    @Test
    void nodeThatIsNotThereOrComesBackIsLeftOutAndTold() {
        xarray();
        structs.put(ROOT + 8, 0x2000 | 2);
        node(2, 6);
        slot(2, 0, 0x7777_0002);
        slot(2, 1, 0x2000 | 2);
        slot(2, 2, 0x8000);

        Walk<Entry> walk = walk("struct xarray");
        assertThat(walk).containsExactly(new Entry(128, 0x8000));
        assertThat(SyntheticStructs.isFault(walk.end())).isTrue();
    }

    @Test
    void idrBeginsAtItsBase() {
        xarray();
        structs.btf.struct(
                "idr",
                24,
                structs.btf.member("idr_rt", structs.octet + 3, 0),
                structs.btf.member("idr_base", structs.octet, 128));
        structs.put(ROOT + 8, 0x8000, 1);

        assertThat(structs.types().struct("idr").require("idr_rt").type().name())
                .isEqualTo("struct xarray");
        assertThat(Idr.entries(structs.at("struct idr", ROOT), structs.types())).containsExactly(new Entry(1, 0x8000));
    }

    @Test
    void idrOfLayersIsWalkedToo() {
        int toLayer = structs.btf.pointer(structs.octet + 3);
        int pointers = structs.btf.array(toLayer, 256);
        structs.btf.struct(
                "idr_layer",
                8 + 8 * 256,
                structs.btf.member("layer", structs.octet, 0),
                structs.btf.member("ary", pointers, 64));
        structs.btf.struct("idr", 8, structs.btf.member("top", toLayer, 0));
        structs.put(ROOT, 0x2000);
        structs.put(0x2000, 1);
        structs.put(0x2008, new long[256]);
        structs.put(0x2008 + 8, 0x4000);
        structs.put(0x4000, 0);
        structs.put(0x4008, new long[256]);
        structs.put(0x4008 + 8 * 7, 0x9000);

        assertThat(structs.types().struct("idr_layer").require("ary").type().name())
                .isEqualTo("struct idr_layer *[256]");
        assertThat(Idr.entries(structs.at("struct idr", ROOT), structs.types()))
                .containsExactly(new Entry(256 + 7, 0x9000));
    }
}
