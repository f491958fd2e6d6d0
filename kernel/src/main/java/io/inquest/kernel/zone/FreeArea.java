package io.inquest.kernel.zone;

import io.inquest.kernel.object.KernelObject;
import java.util.ArrayList;
import java.util.List;

/// The free blocks of one size in a zone (`struct free_area`): a list for each mobility, since 2.6.24.
///
/// @param order log2 of the pages of a block
/// @param struct its `struct free_area`
public record FreeArea(int order, KernelObject struct) {

    /// `MIGRATE_TYPES` is 6 at most.
    private static final long MOST_LISTS = 16;

    /// Number of blocks in all lists, as the kernel counts them.
    public long blocks() {
        return struct.member("nr_free").unsigned();
    }

    /// The `struct list_head` of each list.
    public List<KernelObject> lists() {
        KernelObject lists = struct.member("free_list");
        if (lists.length() == 0) {
            return List.of(lists);
        }
        List<KernelObject> heads = new ArrayList<>();
        for (int i = 0; i < Math.min(lists.length(), MOST_LISTS); i++) {
            heads.add(lists.element(i));
        }
        return heads;
    }
}
