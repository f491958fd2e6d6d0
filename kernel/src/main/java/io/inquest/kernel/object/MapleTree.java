package io.inquest.kernel.object;

import io.inquest.kernel.type.StructType;
import io.inquest.kernel.type.Types;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// The kernel's trees of ranges, `struct maple_tree` (since 6.1; `include/linux/maple_tree.h`).
///
/// A pointer to a node is its address, aligned to 256 bytes, with the node's type in bits 3 to 6 and bit 1 set. A
/// node splits its range by `pivot`: slot i has what lies behind pivot i - 1 up to pivot i. The last pivots may be
/// 0 or not be there: then the slot goes to the end of the node's range.
///
/// | Type              | `enum maple_type`  | Member of `maple_node` | Slots lead to |
/// |-------------------|--------------------|------------------------|---------------|
/// | dense leaf        | `maple_dense`      | `slot`, no pivots      | entries       |
/// | leaf              | `maple_leaf_64`    | `mr64`                 | entries       |
/// | range node        | `maple_range_64`   | `mr64`                 | nodes         |
/// | allocation node   | `maple_arange_64`  | `ma64`                 | nodes         |
///
/// A branch that cannot be read is left out, and the walk tells so at its end.
public final class MapleTree {

    /// What the tree has for the indexes `first` to `last`, both unsigned: the address of an object, or a value.
    public record Entry(long first, long last, long word) {}

    private static final int DEEPEST = 32;
    private static final long LEAST_NODE = 4096;
    private static final long NODE_MASK = ~0xffL;

    private final KernelObject root;
    private final StructType nodeType;
    private final long dense;
    private final long leaf;
    private final long allocation;

    /// @param root the pointer to the first node, or the only entry
    private MapleTree(KernelObject root, Types types) {
        this.root = root;
        this.nodeType = types.struct("maple_node");
        this.dense = types.enumerator("maple_dense").orElse(0);
        this.leaf = types.enumerator("maple_leaf_64").orElse(1);
        this.allocation = types.enumerator("maple_arange_64").orElse(3);
    }

    /// All entries in the order of their ranges.
    public static Walk<Entry> entries(KernelObject tree, Types types) {
        return Walk.of(new MapleTree(tree.member("ma_root"), types).new Ranges());
    }

    /// The same entries with the numbers of the slots that lead to each.
    public static Walk<Placed<Entry>> placedEntries(KernelObject tree, Types types) {
        return new MapleTree(tree.member("ma_root"), types).placed();
    }

    /// The entries below one node, as if it were the root: of all indexes.
    ///
    /// @param pointer a pointer to a node with the type in its low bits, as it stands in `ma_root` or a slot
    public static Walk<Placed<Entry>> placedEntriesBelow(KernelObject pointer, Types types) {
        return new MapleTree(pointer, types).placed();
    }

    private Walk<Placed<Entry>> placed() {
        Ranges ranges = new Ranges();
        return Walk.of(() -> {
            Entry entry = ranges.next();
            return entry == null ? null : new Placed<>(entry, ranges.way());
        });
    }

    private static boolean isInternal(long word) {
        return (word & 3) == 2;
    }

    private static boolean isNode(long word) {
        return isInternal(word) && Long.compareUnsigned(word, LEAST_NODE) > 0;
    }

    /// A node, and how far its slots have been gone through.
    private final class Node {

        private final KernelObject slots;
        private final @Nullable KernelObject pivots;
        private final boolean leaves;
        private final long last;
        private long first;
        private int next;
        private int taken;

        Node(KernelObject node, long type, long first, long last) {
            String layout = type == allocation ? "ma64." : type == dense ? "" : "mr64.";
            this.slots = node.member(layout + "slot");
            this.pivots = type == dense ? null : node.member(layout + "pivot");
            this.leaves = type == leaf || type == dense;
            this.first = first;
            this.last = last;
        }

        boolean ended() {
            return next >= slots.length() || Long.compareUnsigned(first, last) > 0;
        }

        /// The last index of the slot that is next.
        long lastOfNext() {
            if (pivots == null) {
                return first;
            }
            long pivot = next < pivots.length() ? pivots.word(next) : last;
            boolean unused = (pivot == 0 && next > 0) || Long.compareUnsigned(pivot, last) > 0;
            return unused ? last : pivot;
        }

        Entry take() {
            long end = lastOfNext();
            Entry entry = new Entry(first, end, slots.word(next));
            boolean wasLast = end == last;
            taken = next;
            next = wasLast ? (int) slots.length() : next + 1;
            first = end + 1;
            return entry;
        }
    }

    private final class Ranges implements Walk.Step<Entry> {

        private final Passed passed = new Passed();
        private final Deque<Node> open = new ArrayDeque<>();
        private boolean started;

        @Override
        public @Nullable Entry next() {
            if (!started) {
                started = true;
                long word = root.unsigned();
                if (!isNode(word)) {
                    return word == 0 || isInternal(word) ? null : new Entry(0, 0, word);
                }
                enter(new Entry(0, -1, word));
            }
            while (!open.isEmpty()) {
                Entry entry = step(open.element());
                if (entry != null) {
                    return entry;
                }
            }
            passed.finish();
            return null;
        }

        /// The slots that were taken last, from the root down.
        String way() {
            StringJoiner way = new StringJoiner("/");
            open.descendingIterator().forEachRemaining(node -> way.add(Integer.toString(node.taken)));
            return way.toString();
        }

        /// Internal entries of a leaf stand for ranges that are reserved and empty.
        private @Nullable Entry step(Node node) {
            if (node.ended()) {
                open.remove();
                return null;
            }
            Entry slot = node.take();
            if (node.leaves) {
                return slot.word == 0 || isInternal(slot.word) ? null : slot;
            }
            if (slot.word != 0) {
                enter(slot);
            }
            return null;
        }

        private void enter(Entry range) {
            KernelObject node = KernelObject.at(root.space(), nodeType, range.word & NODE_MASK);
            if (open.size() >= DEEPEST) {
                passed.leaveOut(new WalkEnd.Limit(DEEPEST));
            } else if (passed.enter(node.address())) {
                KernelObject loaded = passed.readable(node);
                if (loaded != null) {
                    open.push(new Node(loaded, range.word >>> 3 & 15, range.first, range.last));
                }
            }
        }
    }
}
