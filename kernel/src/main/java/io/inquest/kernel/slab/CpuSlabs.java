package io.inquest.kernel.slab;

import io.inquest.kernel.object.WalkEnd;
import java.util.List;
import java.util.Optional;

/// What a cache keeps for one CPU (`struct kmem_cache_cpu`, gone in 7.0 for sheaves).
///
/// @param cpu its number
/// @param address of its `struct kmem_cache_cpu`
/// @param active the slab that the CPU takes objects from, if there is one
/// @param cached addresses of the free objects that it took from that slab
/// @param partial further slabs with free objects
/// @param end how the chains of free objects and slabs ended
public record CpuSlabs(
        int cpu, long address, Optional<Slab> active, List<Long> cached, List<Slab> partial, WalkEnd end) {

    public CpuSlabs {
        cached = List.copyOf(cached);
        partial = List.copyOf(partial);
    }
}
