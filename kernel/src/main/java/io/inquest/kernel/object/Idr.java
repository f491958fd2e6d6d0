package io.inquest.kernel.object;

import io.inquest.kernel.type.StructType;
import io.inquest.kernel.type.Types;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// The kernel's maps from small numbers to pointers, `struct idr` (`include/linux/idr.h`): process ids, IPC
/// identifiers, BPF programs.
///
/// Since 4.11 an idr is a radix tree (`idr_rt`), since 4.16 one whose indexes begin at `idr_base`. Before, it was a
/// tree of its own: `top` leads to an `idr_layer` with 2^8 (32 bits: 2^5) pointers `ary`, those of layer 0 to
/// objects, others one layer down.
public final class Idr {

    private Idr() {}

    /// All numbers in use, in ascending order, and what each stands for.
    public static Walk<XArray.Entry> entries(KernelObject idr, Types types) {
        if (idr.has("top")) {
            return Walk.of(new Layers(idr.member("top").dereference()));
        }
        long base = idr.find("idr_base").map(KernelObject::unsigned).orElse(0L);
        return XArray.entries(idr.member("idr_rt"), types)
                .map(entry -> new XArray.Entry(entry.index() + base, entry.word()));
    }

    /// The tree of `idr_layer` of kernels before 4.11.
    private static final class Layers implements Walk.Step<XArray.Entry> {

        private static final int DEEPEST = 8;

        private record Position(KernelObject layer, int next, long base) {}

        private final Passed passed = new Passed();
        private final Deque<Position> open = new ArrayDeque<>();

        Layers(KernelObject top) {
            enter(top, 0);
        }

        @Override
        public XArray.@Nullable Entry next() {
            while (!open.isEmpty()) {
                XArray.Entry entry = step(open.pop());
                if (entry != null) {
                    return entry;
                }
            }
            passed.finish();
            return null;
        }

        private XArray.@Nullable Entry step(Position at) {
            KernelObject pointers = at.layer.member("ary");
            if (at.next >= pointers.length()) {
                return null;
            }
            open.push(new Position(at.layer, at.next + 1, at.base));
            int layer = at.layer.member("layer").intValue();
            int bits = Integer.numberOfTrailingZeros((int) pointers.length());
            long number = at.base + ((long) at.next << (layer * bits));
            long word = pointers.word(at.next);
            if (layer > 0 && word != 0) {
                enter(pointers.element(at.next).dereference(), number);
                return null;
            }
            return word == 0 ? null : new XArray.Entry(number, word);
        }

        private void enter(KernelObject layer, long base) {
            if (open.size() >= DEEPEST) {
                passed.leaveOut(new WalkEnd.Limit(DEEPEST));
            } else if (layer.address() != 0
                    && layer.type().plain() instanceof StructType
                    && passed.enter(layer.address())) {
                KernelObject loaded = passed.readable(layer);
                if (loaded != null) {
                    open.push(new Position(loaded, 0, base));
                }
            }
        }
    }
}
