package io.inquest.kernel.slab;

import io.inquest.kernel.object.KernelObject;

/// A cache of objects of one size (`struct kmem_cache`, `mm/slab.h`; before 6.6 `include/linux/slub_def.h`).
///
/// | Member                | Holds                                                                        |
/// |-----------------------|------------------------------------------------------------------------------|
/// | `size`                | bytes from one object to the next                                            |
/// | `object_size`         | bytes that its user asked for; `objsize` before 3.6                          |
/// | `offset`              | where a free object holds the pointer to the next one                        |
/// | `oo.x`                | objects of a slab in the low 16 bits, above them log2 of its pages           |
/// | `random`              | what free pointers are scrambled with, if the kernel is built so (since 4.14) |
/// | `red_left_pad`        | bytes before each object, with debugging (since 4.6)                         |
///
/// @param struct its `struct kmem_cache`
public record SlabCache(KernelObject struct) {

    private static final int OBJECTS_BITS = 16;
    private static final long OBJECTS_MASK = (1L << OBJECTS_BITS) - 1;

    /// `MAX_PAGE_ORDER`: no slab is larger.
    private static final long LARGEST_ORDER = 20;

    public long address() {
        return struct.address();
    }

    /// Its name; text from the dump.
    public String name() {
        return struct.member("name").string();
    }

    /// Bytes of an object as its user knows it.
    public long objectBytes() {
        return struct.firstOf("object_size", "objsize").unsigned();
    }

    /// Bytes from one object of a slab to the next.
    public long stride() {
        return struct.member("size").unsigned();
    }

    /// Bytes of padding before each object's own.
    public long padding() {
        return struct.find("red_left_pad").map(KernelObject::unsigned).orElse(0L);
    }

    /// log2 of the pages of a usual slab; when memory is short, a slab may be smaller.
    public int order() {
        return (int) Math.min(struct.member("oo.x").unsigned() >>> OBJECTS_BITS, LARGEST_ORDER);
    }

    /// Objects in a usual slab.
    public long objectsPerSlab() {
        return struct.member("oo.x").unsigned() & OBJECTS_MASK;
    }

    /// Offset in a free object of the pointer to the next free one.
    long freePointerOffset() {
        return struct.member("offset").unsigned();
    }

    /// What free pointers are scrambled with, 0 if they are not.
    long random() {
        return struct.find("random").map(KernelObject::unsigned).orElse(0L);
    }
}
