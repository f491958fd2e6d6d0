package io.inquest.kernel.slab;

import java.util.List;
import java.util.OptionalLong;

/// An array of free objects that a CPU or node keeps for the next user (`struct slab_sheaf`, since 6.18,
/// 2d517aa09bbc).
///
/// @param address of its `struct slab_sheaf`
/// @param holder what keeps it, such as `cpu 0 main` or `node 0 full`
/// @param size how many free objects it holds, empty if the dump lacks it
/// @param objects addresses of those that the dump tells, which may be fewer
public record Sheaf(long address, String holder, OptionalLong size, List<Long> objects) {

    public Sheaf {
        objects = List.copyOf(objects);
    }
}
