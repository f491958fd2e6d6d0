package io.inquest.kernel.zone;

import io.inquest.kernel.object.KernelObject;
import java.util.ArrayList;
import java.util.List;

/// A part of a memory node whose pages serve the same purposes (`struct zone`).
///
/// @param struct its `struct zone`
/// @param index its place among the zones of the node (`enum zone_type`)
public record Zone(KernelObject struct, int index) {

    /// `MAX_PAGE_ORDER` is at most 20 (arm64, 64 KiB pages: 13).
    private static final long MOST_ORDERS = 32;

    private static final int WATERMARKS = 3;

    public long address() {
        return struct.address();
    }

    public String name() {
        return struct.member("name").string();
    }

    /// Frame of the first page.
    public long startPfn() {
        return struct.member("zone_start_pfn").unsigned();
    }

    /// Pages from the first to the last, holes included.
    public long spannedPages() {
        return struct.member("spanned_pages").unsigned();
    }

    /// Pages without the holes.
    public long presentPages() {
        return struct.member("present_pages").unsigned();
    }

    /// Pages that the allocator manages (since 3.8).
    public long managedPages() {
        return struct.find("managed_pages").map(Counter::value).orElseGet(this::presentPages);
    }

    /// The watermarks min, low and high in pages: an array since 2.6.31, boosted since 5.0 (1c30844d2dfe;
    /// without the boost here).
    public List<Long> watermarks() {
        List<Long> marks = new ArrayList<>();
        if (struct.has("pages_min")) {
            for (String name : List.of("pages_min", "pages_low", "pages_high")) {
                marks.add(struct.member(name).unsigned());
            }
            return marks;
        }
        KernelObject array = struct.firstOf("_watermark", "watermark");
        for (int i = 0; i < WATERMARKS; i++) {
            marks.add(array.element(i).unsigned());
        }
        return marks;
    }

    /// The lists of free blocks, one for each order.
    public List<FreeArea> freeAreas() {
        KernelObject array = struct.member("free_area").loadedIfReadable();
        List<FreeArea> areas = new ArrayList<>();
        for (int order = 0; order < Math.min(array.length(), MOST_ORDERS); order++) {
            areas.add(new FreeArea(order, array.element(order)));
        }
        return areas;
    }

    /// Its counters by `enum zone_stat_item`, without what the CPUs have not added yet.
    public KernelObject counters() {
        return struct.member("vm_stat");
    }
}
