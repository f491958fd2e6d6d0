package io.inquest.kernel.slab;

import io.inquest.dump.MemoryFault;
import io.inquest.kernel.Hex;
import io.inquest.kernel.object.KernelObject;
import io.inquest.kernel.object.WalkEnd;
import io.inquest.kernel.type.IntegerType;
import java.util.BitSet;

/// The chain of free objects of a slab: each holds the address of the next one.
///
/// With `CONFIG_SLAB_FREELIST_HARDENED` that pointer is scrambled (`mm/slub.c`, `freelist_ptr_encode`):
///
/// | Since | Stored                                       | Commit       |
/// |-------|----------------------------------------------|--------------|
/// | 4.14  | `pointer ^ random ^ address of the pointer`  | 2482ddec670f |
/// | 5.7   | the same with that address's bytes reversed  | 1ad53d9fa3f6 |
///
/// Which one it is shows in the first pointer that leads into the slab again. A chain that leads elsewhere or
/// back is damaged: how it ended is told.
final class Freelist {

    private static final IntegerType POINTER = new IntegerType("unsigned long", 8, false, IntegerType.Use.NUMBER);

    private final Slab slab;
    private final long random;
    private final long offset;
    private final BitSet free = new BitSet();
    private WalkEnd end = new WalkEnd.Complete();

    private Freelist(Slab slab) {
        this.slab = slab;
        this.random = slab.cache().random();
        this.offset = slab.cache().freePointerOffset();
    }

    /// Goes along the chain from `first`, which is 0 for an empty one.
    static Freelist from(Slab slab, long first) {
        Freelist list = new Freelist(slab);
        list.walk(first);
        return list;
    }

    /// The free objects by their place in the slab.
    BitSet free() {
        return free;
    }

    WalkEnd end() {
        return end;
    }

    private void walk(long first) {
        long object = first;
        while (object != 0) {
            int index = slab.indexOf(object);
            if (index < 0) {
                end = new WalkEnd.Fault("the free list of the slab at " + Hex.of(slab.address()) + " leads to "
                        + Hex.of(object) + ", which is none of its objects");
                return;
            }
            if (free.get(index)) {
                end = new WalkEnd.Loop(object);
                return;
            }
            free.set(index);
            try {
                object = next(object);
            } catch (MemoryFault fault) {
                end = new WalkEnd.Fault(fault.getMessage());
                return;
            }
        }
    }

    private long next(long object) {
        long at = object + offset;
        long stored = KernelObject.at(slab.struct().space(), POINTER, at).unsigned();
        if (random == 0) {
            return stored;
        }
        long reversed = stored ^ random ^ Long.reverseBytes(at);
        if (leadsOn(reversed)) {
            return reversed;
        }
        long plain = stored ^ random ^ at;
        return leadsOn(plain) ? plain : reversed;
    }

    private boolean leadsOn(long pointer) {
        return pointer == 0 || slab.indexOf(pointer) >= 0;
    }
}
