package io.inquest.kernel.object;

import io.inquest.kernel.type.StructType;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// The kernel's sorted binary trees, `struct rb_root` and `struct rb_root_cached` (`include/linux/rbtree_types.h`).
///
/// | Member of `rb_node` | Meaning                                                   |
/// |---------------------|-----------------------------------------------------------|
/// | `__rb_parent_color` | address of the parent, bit 0 the colour; not used here    |
/// | `rb_right`          | the node's greater branch, or null                        |
/// | `rb_left`           | the node's lesser branch, or null                         |
///
/// A branch that cannot be read is left out, and the walk tells so at its end.
public final class RedBlackTree {

    /// A tree that is balanced has at most twice the logarithm of its size.
    private static final int DEEPEST = 128;

    private RedBlackTree() {}

    /// The structs in a tree in its order.
    ///
    /// @param root a `rb_root` or `rb_root_cached`
    /// @param type what the entries are
    /// @param member the path of the `rb_node` in them that is in this tree
    public static Walk<KernelObject> entries(KernelObject root, StructType type, String member) {
        KernelObject first = root.firstOf("rb_node", "rb_root.rb_node");
        return Walk.of(new InOrder(first.dereference())).map(node -> node.containerOf(type, member));
    }

    /// The nodes from one down, each before its left branch, and that before its right one, with the way to each.
    ///
    /// @param node a `rb_node`; at address 0 for none
    public static Walk<Placed<KernelObject>> nodesBelow(KernelObject node) {
        return Walk.of(new BranchesLast(node));
    }

    /// The same nodes in the order of the tree.
    public static Walk<Placed<KernelObject>> nodesInOrder(KernelObject node) {
        return Walk.of(new InOrder(node)).map(each -> new Placed<>(each, ""));
    }

    /// The stack has what is still to come.
    private static final class BranchesLast implements Walk.Step<Placed<KernelObject>> {

        private final Passed passed = new Passed();
        private final Deque<Placed<KernelObject>> open = new ArrayDeque<>();

        BranchesLast(KernelObject root) {
            add(root, "");
        }

        private void add(KernelObject node, String way) {
            if (node.address() != 0) {
                open.push(new Placed<>(node, way));
            }
        }

        @Override
        public @Nullable Placed<KernelObject> next() {
            for (Placed<KernelObject> place = open.poll(); place != null; place = open.poll()) {
                if (place.way().length() > 2 * DEEPEST) {
                    passed.leaveOut(new WalkEnd.Limit(DEEPEST));
                } else if (passed.enter(place.entry().address())) {
                    KernelObject node = passed.readable(place.entry());
                    if (node != null) {
                        String before = place.way().isEmpty() ? "" : place.way() + "/";
                        add(node.member("rb_right").dereference(), before + "r");
                        add(node.member("rb_left").dereference(), before + "l");
                        return place;
                    }
                }
            }
            passed.finish();
            return null;
        }
    }

    /// Left branches are gone down at once; the stack has the nodes whose right branch is still to come.
    private static final class InOrder implements Walk.Step<KernelObject> {

        private final Passed passed = new Passed();
        private final Deque<KernelObject> open = new ArrayDeque<>();

        InOrder(KernelObject root) {
            goDown(root);
        }

        @Override
        public @Nullable KernelObject next() {
            KernelObject node = open.poll();
            if (node == null) {
                passed.finish();
                return null;
            }
            goDown(node.member("rb_right").dereference());
            return node;
        }

        private void goDown(KernelObject from) {
            KernelObject node = from;
            while (node.address() != 0 && open.size() < DEEPEST && passed.enter(node.address())) {
                KernelObject loaded = passed.readable(node);
                if (loaded == null) {
                    return;
                }
                open.push(loaded);
                node = loaded.member("rb_left").dereference();
            }
            if (open.size() >= DEEPEST) {
                passed.leaveOut(new WalkEnd.Limit(DEEPEST));
            }
        }
    }
}
