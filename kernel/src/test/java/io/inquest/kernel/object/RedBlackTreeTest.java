package io.inquest.kernel.object;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class RedBlackTreeTest {

    private static final long ROOT = 0x10_0000;

    private final SyntheticStructs structs = new SyntheticStructs();

    RedBlackTreeTest() {
        int toNode = structs.btf.pointer(structs.octet + 2);
        int node = structs.btf.struct(
                "rb_node",
                24,
                structs.btf.member("__rb_parent_color", structs.word, 0),
                structs.btf.member("rb_right", toNode, 64),
                structs.btf.member("rb_left", toNode, 128));
        int root = structs.btf.struct("rb_root", 8, structs.btf.member("rb_node", toNode, 0));
        structs.btf.struct(
                "rb_root_cached",
                16,
                structs.btf.member("rb_root", root, 0),
                structs.btf.member("rb_leftmost", toNode, 64));
        structs.btf.struct(
                "entry", 32, structs.btf.member("key", structs.word, 0), structs.btf.member("node", node, 64));
    }

    /// An entry in a page of its own; `left` and `right` are pages, 0 for none.
    private void entry(long page, long key, long left, long right) {
        structs.put(page * 4096, key, 0, node(right), node(left));
    }

    private static long node(long page) {
        return page == 0 ? 0 : page * 4096 + 8;
    }

    private Walk<KernelObject> walk(String root) {
        return RedBlackTree.entries(structs.at(root, ROOT), structs.types().struct("entry"), "node");
    }

    private static List<Long> keys(Walk<KernelObject> walk) {
        return walk.map(each -> each.member("key").unsigned()).toList();
    }

    @Test
    void entriesComeInTheirOrder() {
        structs.put(ROOT, node(4));
        entry(4, 40, 2, 6);
        entry(2, 20, 1, 3);
        entry(1, 10, 0, 0);
        entry(3, 30, 0, 0);
        entry(6, 60, 5, 0);
        entry(5, 50, 0, 0);

        assertThat(keys(walk("struct rb_root"))).containsExactly(10L, 20L, 30L, 40L, 50L, 60L);
        assertThat(keys(walk("struct rb_root_cached"))).hasSize(6);
    }

    @Test
    void nodesComeBeforeTheirBranchesWithTheWayToThem() {
        entry(4, 40, 2, 6);
        entry(2, 20, 1, 3);
        entry(1, 10, 0, 0);
        entry(3, 30, 0, 0);
        entry(6, 60, 0, 0);

        Walk<Placed<KernelObject>> nodes = RedBlackTree.nodesBelow(structs.at("struct rb_node", node(4)));
        assertThat(nodes.map(each -> each.entry().address() / 4096 + " " + each.way())
                        .toList())
                .containsExactly("4 ", "2 l", "1 l/l", "3 l/r", "6 r");
        assertThat(nodes.end()).isEqualTo(new WalkEnd.Complete());
        assertThat(RedBlackTree.nodesInOrder(structs.at("struct rb_node", node(2)))
                        .map(each -> each.entry().address() / 4096)
                        .toList())
                .containsExactly(1L, 2L, 3L);
    }

    @Test
    void nodesBelowThatAreNotThereOrComeBackAreTold() {
        entry(4, 40, 2, 7);
        entry(2, 20, 4, 0);

        Walk<Placed<KernelObject>> nodes = RedBlackTree.nodesBelow(structs.at("struct rb_node", node(4)));
        assertThat(nodes.toList()).hasSize(2);
        assertThat(nodes.end().isComplete()).isFalse();
    }

    @Test
    void emptyTreeHasNone() {
        structs.put(ROOT, 0);
        Walk<KernelObject> walk = walk("struct rb_root");
        assertThat(keys(walk)).isEmpty();
        assertThat(walk.end()).isEqualTo(new WalkEnd.Complete());
    }

    @Test
    void branchThatIsNotThereIsLeftOutAndTold() {
        structs.put(ROOT, node(4));
        entry(4, 40, 7, 6);
        entry(6, 60, 0, 0);

        Walk<KernelObject> walk = walk("struct rb_root");
        assertThat(keys(walk)).containsExactly(40L, 60L);
        assertThat(SyntheticStructs.isFault(walk.end())).isTrue();
    }

    @Test
    void branchThatComesBackIsLeftOutAndTold() {
        structs.put(ROOT, node(4));
        entry(4, 40, 2, 0);
        entry(2, 20, 4, 0);

        Walk<KernelObject> walk = walk("struct rb_root");
        assertThat(keys(walk)).containsExactly(20L, 40L);
        assertThat(walk.end()).isEqualTo(new WalkEnd.Loop(node(4)));
    }
}
