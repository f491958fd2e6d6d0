package io.inquest.kernel.page;

import io.inquest.kernel.VmcoreInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/// The bits of `page.flags` that the filter knows, as masks; 0 where the kernel has no such flag or does not
/// tell.
///
/// Until 2.6.25 their numbers were fixed and not exported.
///
/// @param lru on a list of pages that can be reclaimed
/// @param privateData `PG_private`: the file system keeps data of its own with the page
/// @param swapCache valid only together with `swapBacked` where that is known
/// @param swapBacked `PG_swapbacked`
/// @param slab `PG_slab`, 0 since it is a page type
/// @param buddy `PG_buddy`, 0 since free pages are marked in `_mapcount`
/// @param hwpoison `PG_hwpoison`
/// @param head first page of a compound page
record PageFlags(
        long lru, long privateData, long swapCache, long swapBacked, long slab, long buddy, long hwpoison, long head) {

    private static final int FIXED_LRU = 5;
    private static final int FIXED_SLAB = 7;
    private static final int FIXED_PRIVATE = 11;
    private static final int FIXED_COMPOUND = 14;
    private static final int FIXED_SWAPCACHE = 15;

    static PageFlags of(VmcoreInfo info, StructShape shape) {
        return new PageFlags(
                flag(info, "PG_lru", FIXED_LRU),
                flag(info, "PG_private", FIXED_PRIVATE),
                flag(info, "PG_swapcache", FIXED_SWAPCACHE),
                flag(info, "PG_swapbacked"),
                slabOf(info),
                buddyOf(info),
                flag(info, "PG_hwpoison"),
                headOf(info, shape));
    }

    /// `PG_slab` was 7 and not exported before 3.3. Kernels in which it is a page type have another flag there.
    private static long slabOf(VmcoreInfo info) {
        return info.number("PAGE_SLAB_MAPCOUNT_VALUE").isPresent() ? 0 : flag(info, "PG_slab", FIXED_SLAB);
    }

    /// The flag alone is no use: how many pages are free, the word `private` says.
    private static long buddyOf(VmcoreInfo info) {
        return info.offset("page.private").isPresent() ? flag(info, "PG_buddy") : 0;
    }

    /// `PG_head_mask` is exported since 3.17. Before, from 2.6.26 on, 64-bit kernels had `PG_head`, `PG_tail`
    /// and `PG_swapcache` in a row; others had one `PG_compound` for heads and tails, which tells nothing by
    /// itself.
    private static long headOf(VmcoreInfo info, StructShape shape) {
        OptionalLong mask = info.number("PG_head_mask");
        if (mask.isPresent()) {
            return mask.getAsLong();
        }
        OptionalLong swapCache = info.number("PG_swapcache");
        if (swapCache.isEmpty()) {
            return 1L << FIXED_COMPOUND;
        }
        return shape.wordBytes() == Long.BYTES && swapCache.getAsLong() >= 2 ? 1L << (swapCache.getAsLong() - 2) : 0;
    }

    private static long flag(VmcoreInfo info, String name, int fixed) {
        long number = info.number(name).orElse(fixed);
        return number >= 0 && number < Long.SIZE ? 1L << number : 0;
    }

    private static long flag(VmcoreInfo info, String name) {
        return flag(info, name, -1);
    }

    boolean isSwapCache(long word) {
        return (word & swapCache) != 0 && (swapBacked == 0 || (word & swapBacked) != 0);
    }

    /// Names of the known flags that are set in `word`.
    List<String> names(long word) {
        List<String> names = new ArrayList<>();
        add(names, word & lru, "lru");
        add(names, word & privateData, "private");
        add(names, word & swapCache, "swapcache");
        add(names, word & swapBacked, "swapbacked");
        add(names, word & slab, "slab");
        add(names, word & buddy, "buddy");
        add(names, word & hwpoison, "hwpoison");
        add(names, word & head, "head");
        return names;
    }

    private static void add(List<String> names, long bits, String name) {
        if (bits != 0) {
            names.add(name);
        }
    }
}
