package io.inquest.kernel.slab;

import io.inquest.kernel.object.KernelObject;

/// The pages of a cache that hold its objects, side by side.
///
/// The kernel describes a slab in the struct page of its first page, which is `struct slab` since 5.17
/// (d122019bf061, "mm: Split slab into its own type") and shares its layout until then.
///
/// @param struct its `struct slab`, or `struct page`
/// @param cache whose objects it holds
/// @param memory virtual address of the first page
public record Slab(KernelObject struct, SlabCache cache, long memory) {

    /// Bits of `objects` leave room for so many.
    private static final long MOST_OBJECTS = 32767;

    public long address() {
        return struct.address();
    }

    /// Number of objects that it has room for.
    public int objects() {
        return (int) Math.min(struct.member("objects").unsigned(), MOST_OBJECTS);
    }

    /// Number of objects that are not on its own free list; a slab that belongs to a CPU counts all of those
    /// that the CPU took at once.
    public int taken() {
        return (int) Math.min(struct.member("inuse").unsigned(), MOST_OBJECTS);
    }

    /// Objects on its own free list.
    public int free() {
        return Math.max(0, objects() - taken());
    }

    /// Address of the first free object, 0 if none is.
    long freelist() {
        return struct.member("freelist").unsigned();
    }

    /// Address of an object by its place, padding left out.
    public long object(int index) {
        return memory + index * cache.stride() + cache.padding();
    }

    /// Which object an address in it lies in or is next to; -1 outside the objects.
    public int indexOf(long address) {
        long into = address - memory;
        long stride = cache.stride();
        if (stride <= 0 || Long.compareUnsigned(into, objects() * stride) >= 0) {
            return -1;
        }
        return (int) (into / stride);
    }
}
