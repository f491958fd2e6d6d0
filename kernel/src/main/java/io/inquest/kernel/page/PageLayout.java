package io.inquest.kernel.page;

import io.inquest.dump.DumpException;
import io.inquest.kernel.VmcoreInfo;
import java.nio.ByteOrder;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// What `struct page` of one kernel looks like: where its members are and what its bits mean.
///
/// All of it is taken from vmcoreinfo, by what is exported rather than by the kernel's version (kernel:
/// `include/linux/mm_types.h`, `include/linux/page-flags.h`):
///
/// | What                                           | Since  | Known by                         |
/// |------------------------------------------------|--------|----------------------------------|
/// | flags have fixed numbers ([PageFlags])         | to 2.6.25 | `PG_lru` is missing           |
/// | flag numbers differ by configuration           | 2.6.26 | `PG_…`                           |
/// | free pages carry `PG_buddy`                    | 2.6.17 | `PG_buddy`, else [FreeLists]     |
/// | free pages have −2 in `_mapcount`, then −128   | 2.6.38 | `PAGE_BUDDY_MAPCOUNT_VALUE`, else [FreeLists] |
/// | tails have bit 0 of `compound_head` set        | 4.4    | `page.compound_head`             |
/// | `_count` becomes `_refcount`                   | 4.6    | either key                       |
/// | `PG_swapcache` counts only with `PG_swapbacked` | 4.10  | `PG_swapbacked`                  |
/// | page types are inverted flags of `_mapcount`   | 4.18   | the values themselves            |
/// | slab is a page type, `PG_slab` is gone         | 6.10   | `PAGE_SLAB_MAPCOUNT_VALUE`       |
/// | page types are numbers in the top byte         | 6.12   | the values themselves            |
/// | unaccepted memory is a page type               | 6.16   | `PAGE_UNACCEPTED_MAPCOUNT_VALUE` |
/// | `compound_head` becomes `compound_info`, which may hold a mask | 7.1 | `page.compound_info` |
///
/// Orders and hugetlb pages: [CompoundLayout].
final class PageLayout {

    /// Stands for a page type that the kernel does not have. Never equal to one: all types are below −1.
    static final int NO_TYPE = 0;

    /// The greatest order of the buddy allocator, plus one, where `LENGTH(zone.free_area)` is not exported.
    private static final int DEFAULT_BUDDY_ORDERS = 11;

    private static final int MOST_BUDDY_ORDERS = CompoundLayout.LARGEST_ORDER + 1;

    final StructShape shape;
    final CompoundLayout compound;

    /// Index of the words `flags`, `mapping` and `private`.
    final int flagsWord;

    final int mappingWord;
    final int privateWord;

    /// Index of `compound_head` or `compound_info`; the flags word with [#tailMask] 0 where there is none.
    final int headWord;

    /// 1 when bit 0 of the word at [#headWord] marks tails, 0 when the kernel has no such member.
    final long tailMask;

    final WordField type;
    final WordField refcount;

    final PageFlags flags;

    final int buddyType;
    final int offlineType;
    final int slabType;
    final int hugetlbType;
    final int unacceptedType;

    /// Orders of the buddy allocator: free blocks have at most `1 << buddyOrders - 1` pages.
    final int buddyOrders;

    /// Where `page.lru` is, -1 when unknown; only free lists need it.
    final long lruOffset;

    private PageLayout(VmcoreInfo info, StructShape shape) throws DumpException {
        this.shape = shape;
        this.flagsWord = word(required(info, "page.flags"), "page.flags");
        this.refcount = counter(refcountOffset(info), "page._refcount");
        this.mappingWord = word(mappingOffset(info, shape), "page.mapping");
        this.privateWord =
                word(info.offset("page.private").orElse(mappingWord * (long) shape.wordBytes()), "page.private");
        OptionalLong head = tailKey(info);
        this.headWord = head.isPresent() ? word(head.getAsLong(), "page.compound_head") : flagsWord;
        this.tailMask = head.isPresent() ? 1 : 0;
        this.type = counter(info.offset("page._mapcount").orElse(mapcountBeside(info)), "page._mapcount");
        this.flags = PageFlags.of(info, shape);
        this.compound = CompoundLayout.of(info, shape);
        boolean tellsOrder = info.offset("page.private").isPresent();
        this.buddyType = tellsOrder ? typeValue(info, "PAGE_BUDDY_MAPCOUNT_VALUE") : NO_TYPE;
        this.offlineType = typeValue(info, "PAGE_OFFLINE_MAPCOUNT_VALUE");
        this.slabType = typeValue(info, "PAGE_SLAB_MAPCOUNT_VALUE");
        this.hugetlbType = typeValue(info, "PAGE_HUGETLB_MAPCOUNT_VALUE");
        this.unacceptedType = typeValue(info, "PAGE_UNACCEPTED_MAPCOUNT_VALUE");
        this.lruOffset = info.offset("page.lru").orElse(-1);
        long orders = info.length("zone.free_area").orElse(DEFAULT_BUDDY_ORDERS);
        this.buddyOrders = orders > 0 && orders <= MOST_BUDDY_ORDERS ? (int) orders : DEFAULT_BUDDY_ORDERS;
    }

    /// Throws a [DumpException] that names the missing or impossible key.
    static PageLayout of(VmcoreInfo info, int wordBytes, ByteOrder order) throws DumpException {
        long size = info.size("page")
                .orElseThrow(() -> new DumpException("vmcoreinfo has no SIZE(page): struct pages cannot be read"));
        if (size < 4L * wordBytes || size > 4096 || size % wordBytes != 0) {
            throw new DumpException("vmcoreinfo says SIZE(page)=" + size + ", expected a multiple of " + wordBytes
                    + " from " + 4 * wordBytes + " to 4096");
        }
        return new PageLayout(info, new StructShape((int) size, wordBytes, order));
    }

    /// The member whose bit 0 marks tails of compound pages.
    static OptionalLong tailKey(VmcoreInfo info) {
        OptionalLong head = info.offset("page.compound_head");
        return head.isPresent() ? head : info.offset("page.compound_info");
    }

    /// Whether struct pages themselves tell that a page is free; if not, only the free lists do.
    boolean marksFreePages() {
        return buddyType != NO_TYPE || flags.buddy() != 0;
    }

    private static long required(VmcoreInfo info, String member) throws DumpException {
        return info.offset(member)
                .orElseThrow(() -> new DumpException(
                        "vmcoreinfo has no OFFSET(" + member + "): struct pages cannot be understood"));
    }

    private static long refcountOffset(VmcoreInfo info) throws DumpException {
        OptionalLong refcount = info.offset("page._refcount");
        return refcount.isPresent() ? refcount.getAsLong() : required(info, "page._count");
    }

    /// `mapping` came directly behind `private` while both lay before `lru` (2.6.16 to 4.15), in an anonymous
    /// structure that some debug information hides.
    private static long mappingOffset(VmcoreInfo info, StructShape shape) throws DumpException {
        OptionalLong hidden = info.offset("page.private");
        boolean oldOrder = hidden.isPresent()
                && hidden.getAsLong() < info.offset("page.lru").orElse(0);
        return info.offset("page.mapping").isEmpty() && oldOrder
                ? hidden.getAsLong() + shape.wordBytes()
                : required(info, "page.mapping");
    }

    /// `_mapcount` followed `_count` until vmcoreinfo began to export it.
    private static long mapcountBeside(VmcoreInfo info) throws DumpException {
        return refcountOffset(info) + Integer.BYTES;
    }

    private static int typeValue(VmcoreInfo info, String name) {
        long value = info.number(name).orElse(NO_TYPE);
        // Exported as a signed number, but an unsigned one of 32 bits would mean the same.
        int type = (int) value;
        return type < -1 ? type : NO_TYPE;
    }

    private int word(long offset, String member) throws DumpException {
        return field(offset, shape.wordBytes(), member).word();
    }

    private WordField counter(long offset, String member) throws DumpException {
        return field(offset, Integer.BYTES, member);
    }

    private WordField field(long offset, int bytes, String member) throws DumpException {
        @Nullable WordField field = shape.field(offset, bytes);
        if (field == null) {
            throw new DumpException("vmcoreinfo says OFFSET(" + member + ")=" + offset + ", which is no place for "
                    + bytes + " bytes in a struct page of " + shape.structBytes() + " bytes");
        }
        return field;
    }
}
