package io.inquest.kernel.slab;

import io.inquest.kernel.object.WalkEnd;
import java.util.OptionalLong;

/// How full a cache is.
///
/// @param slabs number of its slabs
/// @param objects number of objects that they have room for
/// @param free how many of those are free: in slabs, or kept by a CPU or node for the next user
/// @param end why there may be more free objects than were found; complete if there are not
public record SlabUsage(long slabs, long objects, long free, WalkEnd end) {

    /// Objects that somebody uses; empty when not all free ones were found.
    public OptionalLong allocated() {
        return end.isComplete() ? OptionalLong.of(Math.max(0, objects - free)) : OptionalLong.empty();
    }
}
