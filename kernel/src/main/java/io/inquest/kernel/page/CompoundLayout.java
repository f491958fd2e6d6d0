package io.inquest.kernel.page;

import io.inquest.kernel.VmcoreInfo;
import java.nio.ByteOrder;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// How the second struct page of a compound page tells the order, and whether the whole is a hugetlb page.
///
/// | Kernel   | Order                    | hugetlb when                    | Known by |
/// |----------|--------------------------|---------------------------------|----------|
/// | to 4.3   | `page[1].lru.prev`       | `lru.next` is `free_huge_page`  | no other key |
/// | 4.4–6.2  | `page[1].compound_order` | `compound_dtor` is the id       | `page.compound_order` |
/// | 6.3–6.5  | `folio._folio_order`     | `_folio_dtor` is the id         | `folio._folio_order` |
/// | 6.6–6.8  | low byte of `_flags_1`   | `PG_hugetlb` is in `_flags_1`   | `PG_hugetlb` |
/// | from 6.9 | the same                 | a type of the head (d99e3140a4d3) | `PAGE_HUGETLB_MAPCOUNT_VALUE` |
///
/// The id is `HUGETLB_PAGE_DTOR`. Linux 4.4 does not export the new members: its order and id, read as words of
/// `lru`, are no believable order and no address, so that its compound pages count as single ones.
///
/// The width of order and destructor is not exported (pointer, u32, u16, u8 in turn), but they are neighbours of
/// equal width: the distance of their offsets is the width.
///
/// @param order where in `page[1]` the order is, null when the dump does not tell
/// @param destructor where in `page[1]` the destructor is, null when it is not used
/// @param hugetlbFlag bit of `page[1].flags` that marks hugetlb pages, 0 if there is none
/// @param hugetlbId `HUGETLB_PAGE_DTOR`, 0 (`NULL_COMPOUND_DTOR`) if unknown
/// @param freeHugePage address of `free_huge_page`, 0 if unknown
record CompoundLayout(
        @Nullable WordField order,
        @Nullable WordField destructor,
        long hugetlbFlag,
        long hugetlbId,
        long freeHugePage) {

    /// The greatest order believed: 16 GiB in pages of 4 KiB, the largest huge page of any architecture
    /// (powerpc).
    static final int LARGEST_ORDER = 22;

    private static final int ORDER_BYTE = 1;

    static CompoundLayout of(VmcoreInfo info, StructShape shape) {
        boolean typed = info.number("PAGE_HUGETLB_MAPCOUNT_VALUE").isPresent();
        if (typed || info.number("PG_hugetlb").isPresent()) {
            long flag = typed ? 0 : 1L << info.number("PG_hugetlb").getAsLong();
            return new CompoundLayout(flagsByte(info, shape), null, flag, 0, 0);
        }
        OptionalLong inFolio = info.offset("folio._folio_order");
        if (inFolio.isPresent()) {
            // Offsets in a folio, which begins one struct page earlier.
            long destructor = info.offset("folio._folio_dtor").orElse(0);
            return neighbours(info, shape, inFolio.getAsLong() - shape.structBytes(), destructor - shape.structBytes());
        }
        OptionalLong inPage = info.offset("page.compound_order");
        if (inPage.isPresent()) {
            long destructor = info.offset("page.compound_dtor").orElse(-1);
            return neighbours(info, shape, inPage.getAsLong(), destructor);
        }
        if (info.offset("page.lru").isPresent() && PageLayout.tailKey(info).isEmpty()) {
            return listPointers(info, shape);
        }
        return new CompoundLayout(null, null, 0, 0, 0);
    }

    /// The lowest byte of the flags word, whatever the byte order.
    private static @Nullable WordField flagsByte(VmcoreInfo info, StructShape shape) {
        long flags = info.offset("page.flags").orElse(0);
        long low = shape.order() == ByteOrder.LITTLE_ENDIAN ? flags : flags + shape.wordBytes() - 1;
        return shape.field(low, ORDER_BYTE);
    }

    /// `order` and `destructor` are offsets in `page[1]`; a destructor before it is none.
    private static CompoundLayout neighbours(VmcoreInfo info, StructShape shape, long order, long destructor) {
        long distance = Math.abs(order - destructor);
        boolean known = destructor >= 0 && (distance == 1 || distance == 2 || distance == 4 || distance == 8);
        int width = known ? (int) distance : ORDER_BYTE;
        return new CompoundLayout(
                shape.field(order, width),
                known ? shape.field(destructor, width) : null,
                0,
                info.number("HUGETLB_PAGE_DTOR").orElse(0),
                freeHugePage(info));
    }

    private static CompoundLayout listPointers(VmcoreInfo info, StructShape shape) {
        long lru = info.offset("page.lru").orElse(0);
        long next = lru + info.offset("list_head.next").orElse(0);
        long prev = lru + info.offset("list_head.prev").orElse(shape.wordBytes());
        int bytes = shape.wordBytes();
        return new CompoundLayout(shape.field(prev, bytes), shape.field(next, bytes), 0, 0, freeHugePage(info));
    }

    private static long freeHugePage(VmcoreInfo info) {
        return info.symbol("free_huge_page").orElse(0);
    }

    /// log2 of the pages of the compound page at `pfn`, whose second struct page begins at `second`.
    ///
    /// An order that cannot be, or to which `pfn` is not aligned, counts as 0.
    int order(long[] words, int second, long pfn) {
        if (order == null) {
            return 0;
        }
        long value = order.of(words, second);
        return value > 0 && value <= LARGEST_ORDER && (pfn & (1L << value) - 1) == 0 ? (int) value : 0;
    }

    /// Whether a compound page whose head has no hugetlb type is one by what its second struct page says.
    boolean isHugetlb(long[] words, int second, int flagsWord) {
        if (hugetlbFlag != 0) {
            return (words[second + flagsWord] & hugetlbFlag) != 0;
        }
        if (destructor == null) {
            return false;
        }
        long value = destructor.of(words, second);
        return value != 0 && (value == hugetlbId || value == freeHugePage);
    }
}
