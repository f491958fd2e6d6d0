package io.inquest.kernel.zone;

import io.inquest.kernel.object.KernelObject;
import java.util.ArrayList;
import java.util.List;

/// Memory that is equally near to some CPUs, with its zones (`struct pglist_data`).
///
/// @param struct its `struct pglist_data`
public record MemoryNode(KernelObject struct) {

    /// `MAX_NR_ZONES` is at most 6 (DMA, DMA32, NORMAL, HIGHMEM, MOVABLE, DEVICE).
    private static final long MOST_ZONES = 8;

    public long address() {
        return struct.address();
    }

    public int id() {
        return struct.member("node_id").intValue();
    }

    public long startPfn() {
        return struct.member("node_start_pfn").unsigned();
    }

    /// Pages from the first to the last, holes included.
    public long spannedPages() {
        return struct.member("node_spanned_pages").unsigned();
    }

    public long presentPages() {
        return struct.member("node_present_pages").unsigned();
    }

    /// All zones, also those without pages.
    public List<Zone> zones() {
        KernelObject array = struct.member("node_zones");
        List<Zone> zones = new ArrayList<>();
        for (int i = 0; i < Math.min(array.length(), MOST_ZONES); i++) {
            zones.add(new Zone(array.element(i).loadedIfReadable(), i));
        }
        return zones;
    }
}
