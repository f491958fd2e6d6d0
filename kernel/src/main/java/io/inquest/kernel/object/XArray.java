package io.inquest.kernel.object;

import io.inquest.kernel.type.StructType;
import io.inquest.kernel.type.Types;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// The kernel's sparse arrays: `struct xarray`, and `struct radix_tree_root`, which has been another name of it
/// since 4.20 (`include/linux/xarray.h`, before that `lib/radix-tree.c`).
///
/// A node has `slots`; a slot is null, leads to a node one level below, or is an entry. `shift` of a node is the
/// number of index bits below it.
///
/// | Low bits of a slot | xarray                                | radix tree before 4.20           |
/// |--------------------|---------------------------------------|----------------------------------|
/// | 00                 | a pointer                             | a pointer                        |
/// | 01                 | a value: `word >> 1`                  | a node; before 4.7 only the root |
/// | 10                 | above 4096 a node, else internal      | a value: `word >> 2`             |
///
/// A branch that cannot be read is left out, and the walk tells so at its end.
public final class XArray {

    /// An index and what is there: the address of an object, or a value with its low bits.
    public record Entry(long index, long word) {}

    /// Six bits a level make 64 in eleven.
    private static final int DEEPEST = 16;

    /// Internal entries below are no nodes: a multi-index entry's other slots, retry, zero (`xa_is_node`).
    private static final long LEAST_NODE = 4096;

    private final KernelObject head;
    private final StructType nodeType;
    private final long nodeBits;

    private XArray(KernelObject root, Types types) {
        this(root.firstOf("xa_head", "rnode"), root.has("xa_head") ? 2 : 1, nodeType(types));
    }

    private XArray(KernelObject head, long nodeBits, StructType nodeType) {
        this.head = head;
        this.nodeBits = nodeBits;
        this.nodeType = nodeType;
    }

    private static StructType nodeType(Types types) {
        return types.findStruct("xa_node").orElseGet(() -> types.struct("radix_tree_node"));
    }

    /// All entries in the order of their indexes; one that covers several indexes comes once, at the first.
    ///
    /// @param root a `xarray` or `radix_tree_root`
    public static Walk<Entry> entries(KernelObject root, Types types) {
        return Walk.of(new XArray(root, types).new Slots());
    }

    /// The same entries with the numbers of the slots that lead to each.
    ///
    /// @param root a `xarray` or `radix_tree_root`
    public static Walk<Placed<Entry>> placedEntries(KernelObject root, Types types) {
        return new XArray(root, types).placed();
    }

    /// The entries below one node; indexes count from its first slot.
    ///
    /// @param node a `xa_node` or `radix_tree_node`
    public static Walk<Placed<Entry>> placedEntriesBelow(KernelObject node, Types types) {
        StructType type = nodeType(types);
        long bits = types.findStruct("xarray").isPresent() ? 2 : 1;
        KernelObject head = KernelObject.ofValue(node.space(), types.pointerTo(type), node.address() | bits);
        return new XArray(head, bits, type).placed();
    }

    private Walk<Placed<Entry>> placed() {
        Slots slots = new Slots();
        return Walk.of(() -> {
            Entry entry = slots.next();
            return entry == null ? null : new Placed<>(entry, slots.way());
        });
    }

    /// What is at an index, if anything; throws a [MemoryFault] when a node on the way cannot be read.
    public static Optional<Entry> at(KernelObject root, Types types, long index) {
        return new XArray(root, types).find(index);
    }

    private Optional<Entry> find(long index) {
        long word = head.unsigned();
        if (!isNode(word)) {
            return index == 0 && isEntry(word) ? Optional.of(new Entry(0, word)) : Optional.empty();
        }
        boolean outside = true;
        for (int depth = 0; depth < DEEPEST; depth++) {
            Node node = new Node(nodeAt(word), 0);
            if (outside && index >>> node.shift >= node.length()) {
                return Optional.empty();
            }
            outside = false;
            word = node.canonical((int) (index >>> node.shift) & node.length() - 1);
            if (!leadsDown(word, node)) {
                return isEntry(word) ? Optional.of(new Entry(index, word)) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private KernelObject nodeAt(long word) {
        return KernelObject.at(head.space(), nodeType, word & ~3L);
    }

    private boolean isNode(long word) {
        return (word & 3) == nodeBits && Long.compareUnsigned(word, LEAST_NODE) > 0;
    }

    /// Before 4.7 pointers to nodes were marked in the root only.
    private boolean leadsDown(long word, Node from) {
        return isNode(word) || (!from.tellsShift && from.shift > 0 && word != 0);
    }

    /// Of an xarray, low bits 10 are internal; of the old radix tree, 01.
    private boolean isEntry(long word) {
        return word != 0 && (word & 3) != nodeBits;
    }

    /// A node, and how far its slots have been gone through.
    private static final class Node {

        private final KernelObject slots;
        private final long base;
        private final boolean tellsShift;
        private final int shift;
        private int next;

        Node(KernelObject node, long base) {
            this.slots = node.member("slots");
            this.base = base;
            this.tellsShift = node.has("shift");
            this.shift = tellsShift ? node.member("shift").intValue() & 63 : shiftOfHeight(node);
        }

        /// `height` until 3.14, then the low bits of `path` until 4.6.
        private int shiftOfHeight(KernelObject node) {
            int bits = Integer.numberOfTrailingZeros(length());
            int height = node.firstOf("height", "path").intValue() & 15;
            return Math.clamp((height - 1L) * bits, 0, 63);
        }

        int length() {
            return (int) Math.max(slots.length(), 1);
        }

        long index() {
            return base + ((long) next << shift);
        }

        /// The word of a slot; where another slot's entry covers it, that one's.
        long canonical(int slot) {
            long word = slots.word(slot);
            long other = word >>> 2;
            return (word & 3) == 2 && other < length() ? slots.word(other) : word;
        }
    }

    private final class Slots implements Walk.Step<Entry> {

        private final Passed passed = new Passed();
        private final Deque<Node> open = new ArrayDeque<>();
        private boolean started;

        @Override
        public @Nullable Entry next() {
            if (!started) {
                started = true;
                long word = head.unsigned();
                if (!isNode(word)) {
                    return isEntry(word) ? new Entry(0, word) : null;
                }
                enter(word, 0);
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
            open.descendingIterator().forEachRemaining(node -> way.add(Integer.toString(node.next - 1)));
            return way.toString();
        }

        private @Nullable Entry step(Node node) {
            if (node.next >= node.length()) {
                open.remove();
                return null;
            }
            long index = node.index();
            long word = node.slots.word(node.next++);
            if (leadsDown(word, node)) {
                enter(word, index);
                return null;
            }
            return isEntry(word) ? new Entry(index, word) : null;
        }

        private void enter(long word, long base) {
            KernelObject node = nodeAt(word);
            if (open.size() >= DEEPEST) {
                passed.leaveOut(new WalkEnd.Limit(DEEPEST));
            } else if (passed.enter(node.address())) {
                KernelObject loaded = passed.readable(node);
                if (loaded != null) {
                    open.push(new Node(loaded, base));
                }
            }
        }
    }
}
