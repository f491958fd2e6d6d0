package io.inquest.kernel.slab;

import io.inquest.kernel.object.WalkEnd;
import java.util.List;

/// What a cache keeps for one memory node (`struct kmem_cache_node`).
///
/// @param node its number
/// @param address of its `struct kmem_cache_node`
/// @param slabs number of slabs with memory of that node
/// @param objects number of objects that they have room for
/// @param partial slabs with free objects that no CPU has
/// @param end how the list of those ended
public record NodeSlabs(int node, long address, long slabs, long objects, List<Slab> partial, WalkEnd end) {

    public NodeSlabs {
        partial = List.copyOf(partial);
    }
}
