package io.inquest.kernel.slab;

/// How full a cache is.
///
/// @param slabs number of its slabs
/// @param objects number of objects that they have room for
/// @param free how many of those are free: in slabs, or kept by a CPU or node for the next user
public record SlabUsage(long slabs, long objects, long free) {

    /// Objects that somebody uses.
    public long allocated() {
        return Math.max(0, objects - free);
    }
}
