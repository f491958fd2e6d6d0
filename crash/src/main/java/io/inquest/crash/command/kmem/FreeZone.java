package io.inquest.crash.command.kmem;

import io.inquest.kernel.zone.Zone;
import java.util.List;

/// A zone with what its free lists hold.
///
/// @param free pages that the kernel has counted as free
/// @param structPage virtual address of the first frame's struct page, 0 for an empty zone
/// @param fromNode number of the first frame, counted from that of the node
record FreeZone(Zone zone, long free, long structPage, long fromNode, List<FreeList> lists) {

    /// One list of free blocks.
    ///
    /// @param order log2 of the pages of a block
    /// @param address of the list's head
    /// @param blocks virtual addresses of the blocks' first struct pages
    record FreeList(int order, long address, List<Long> blocks) {

        long pages() {
            return (long) blocks.size() << order;
        }
    }
}
