package io.inquest.testkit;

/// How one release of Linux lays out `struct page`, and what it exports of that in vmcoreinfo.
///
/// Offsets follow from the structure in `include/linux/mm_types.h`, bits from `include/linux/page-flags.h`,
/// exported keys from `kernel/kexec.c` (to 4.2), `kernel/kexec_core.c` (to 4.11), `kernel/crash_core.c` (to
/// 6.8) or `kernel/vmcore_info.c` of that release. Bits that a release does not have or does not export may
/// be -1, types that it does not have are 0. Numbers behind `PG_mlocked` are by configuration: here x86 with
/// `PG_uncached`, which comes before `PG_hwpoison`.
///
/// Each era says under "Source" what of it was compared with which file, and what was not.
///
/// @param release the release that is described
/// @param wordBytes 8 or 4
/// @param structBytes `sizeof(struct page)`
/// @param at offsets of members
/// @param bit numbers of page flags
/// @param type page types, as the 32-bit value in `_mapcount`
/// @param compound how `page[1]` tells order and destructor
/// @param vmcoreinfo exported lines about struct pages
public record KernelEra(
        String release,
        int wordBytes,
        int structBytes,
        Offsets at,
        Bits bit,
        Types type,
        Compound compound,
        String vmcoreinfo) {

    /// Offsets of members of `struct page`; `head` is -1 where tails do not carry their head.
    public record Offsets(int count, int mapcount, int priv, int mapping, int lru, int head) {}

    /// Numbers of page flags.
    public record Bits(
            int lru, int priv, int swapCache, int swapBacked, int slab, int head, int hwpoison, int reserved) {}

    /// Page types; 0 where the release has none.
    public record Types(int buddy, int offline, int table, int slab, int hugetlb, int unaccepted) {}

    /// How the second struct page of a compound page tells what the whole is.
    public sealed interface Compound {
        /// Every page has the flag and its head in `private`; the word at this offset in `page[1]` is the
        /// order.
        record Index(int order) implements Compound {}

        /// `lru.prev` is the order, `lru.next` the destructor's address.
        record ListPointers(long hugetlbDestructor) implements Compound {}

        /// Order and number of the destructor, both of this width, at these offsets in `page[1]`.
        record Fields(int order, int destructor, int width, int hugetlbDestructor) implements Compound {}

        /// The order is the low byte of `page[1].flags`; this bit there marks hugetlb pages, -1 if their type
        /// does.
        record FlagsByte(int hugetlbBit) implements Compound {}
    }

    private static final Types NO_TYPES = new Types(0, 0, 0, 0, 0, 0);

    /// Linux 2.6.15, x86-64, as a file made from its vmlinux describes it: it had no note of its own. Compound
    /// pages as in `prep_compound_page` of its `mm/page_alloc.c`; `private` is a member of a named union.
    ///
    /// Source: `include/linux/page-flags.h`, `include/linux/mm.h` and `mm/page_alloc.c` of a snapshot
    /// between 2.6.14 and 2.6.15-rc2 (github.com/jasonactions/2.6.14-comment, 8320f7be and 5aaa9b96); its
    /// `flags` is narrower on x86-64, which 07808b74e7da ended in 2.6.15-rc2. `page[1].index` holds the
    /// order until February 2006 ("compound page: use page[1].lru").
    public static KernelEra v2_6_15() {
        return new KernelEra(
                "2.6.15",
                8,
                56,
                new Offsets(8, 12, 16, 24, 40, -1),
                new Bits(5, 11, 15, -1, 7, 14, -1, 10),
                NO_TYPES,
                new Compound.Index(32),
                """
                SIZE(page)=56
                OFFSET(page.flags)=0
                OFFSET(page._count)=8
                OFFSET(page._mapcount)=12
                OFFSET(page.mapping)=24
                OFFSET(page.lru)=40
                """);
    }

    /// Linux 2.6.24, x86-64: flags have fixed numbers, free pages are found by the free lists only.
    ///
    /// Source: `include/linux/page-flags.h` and `mm_types.h` (github.com/0x88888888/Linux2.6.24-comments,
    /// 6e001114 and 0d1fb98b); `kernel/kexec.c` was not at hand.
    public static KernelEra v2_6_24() {
        return new KernelEra(
                "2.6.24",
                8,
                56,
                new Offsets(8, 12, 16, 24, 40, -1),
                new Bits(5, 11, 15, -1, 7, 14, -1, 10),
                NO_TYPES,
                new Compound.ListPointers(0xffffffff80271234L),
                """
                SIZE(page)=56
                OFFSET(page.flags)=0
                OFFSET(page._count)=8
                OFFSET(page.mapping)=24
                OFFSET(page.lru)=40
                """);
    }

    /// Linux 2.6.32, x86-64: flags are exported (2.6.26), `PG_private_2` moved those behind it (2.6.30).
    ///
    /// Source: `include/linux/page-flags.h` and `mm_types.h` (github.com/xuguangmin/linux-2.6.32.67-for-study,
    /// 19069ef2, whose Makefile says 2.6.32.67), `kernel/kexec.c` (github.com/Quarx2k/jordan-kernel, 051a4fbc,
    /// whose Makefile says 2.6.32.9).
    public static KernelEra v2_6_32() {
        return new KernelEra(
                "2.6.32",
                8,
                56,
                new Offsets(8, 12, 16, 24, 40, -1),
                new Bits(5, 11, 16, -1, 7, 14, -1, 10),
                NO_TYPES,
                new Compound.ListPointers(0xffffffff81123450L),
                v2_6_24().vmcoreinfo + """
                OFFSET(list_head.next)=0
                OFFSET(list_head.prev)=8
                NUMBER(PG_lru)=5
                NUMBER(PG_private)=11
                NUMBER(PG_swapcache)=16
                """);
    }

    /// Linux 2.6.32, i386 without CONFIG_PAGEFLAGS_EXTENDED. Source: as for [#v2_6_32()].
    public static KernelEra v2_6_32i386() {
        return new KernelEra(
                "2.6.32 i386",
                4,
                32,
                new Offsets(4, 8, 12, 16, 24, -1),
                new Bits(5, 11, 15, -1, 7, 14, -1, 10),
                NO_TYPES,
                new Compound.ListPointers(0xc0123450L),
                """
                SIZE(page)=32
                OFFSET(page.flags)=0
                OFFSET(page._count)=4
                OFFSET(page.mapping)=16
                OFFSET(page.lru)=24
                NUMBER(PG_lru)=5
                NUMBER(PG_private)=11
                NUMBER(PG_swapcache)=15
                """);
    }

    /// Linux 3.13, x86-64: struct page is aligned to two words for SLUB (3.1), free pages have -128 (2.6.39).
    ///
    /// Source: `include/linux/page-flags.h` and `mm_types.h`
    /// (github.com/Breathleas/linux-kernel-3.13-codedump, ca836b25 and 48cc01cd); `kernel/kexec.c` was not
    /// at hand.
    public static KernelEra v3_13() {
        return new KernelEra(
                "3.13",
                8,
                64,
                new Offsets(28, 24, 48, 8, 32, -1),
                new Bits(5, 11, 16, -1, 7, 14, 23, 10),
                new Types(-128, 0, 0, 0, 0, 0),
                new Compound.ListPointers(0xffffffff81184fc0L),
                """
                SIZE(page)=64
                OFFSET(page.flags)=0
                OFFSET(page._count)=28
                OFFSET(page.mapping)=8
                OFFSET(page.lru)=32
                OFFSET(page._mapcount)=24
                OFFSET(page.private)=48
                NUMBER(PG_lru)=5
                NUMBER(PG_private)=11
                NUMBER(PG_swapcache)=16
                NUMBER(PG_slab)=7
                NUMBER(PG_hwpoison)=23
                NUMBER(PAGE_BUDDY_MAPCOUNT_VALUE)=-128
                """);
    }

    /// Linux 3.18, x86-64: `PG_head_mask` and the destructor of hugetlb pages are exported.
    ///
    /// Source: `kernel/kexec.c` and `include/linux/mm_types.h`
    /// (github.com/Grarak/android_kernel_huawei_msm8953, 0ee6a207 and 3bd644f1, whose Makefile says
    /// 3.18.24); flags are those of 3.13, which the upstream side of a merge in
    /// github.com/unicorn-soc-425/kernel-3.18-U5- (88393703) has, too.
    public static KernelEra v3_18() {
        KernelEra before = v3_13();
        return new KernelEra(
                "3.18", 8, 64, before.at, before.bit, before.type, before.compound, before.vmcoreinfo + """
                OFFSET(list_head.next)=0
                OFFSET(list_head.prev)=8
                NUMBER(PG_head_mask)=16384
                SYMBOL(free_huge_page)=ffffffff81184fc0
                """);
    }

    /// Linux 4.4, x86-64: tails carry their head (1d798ca3f164), destructors are numbers (f1e61557f023), order
    /// and destructor are ints on 64-bit machines. None of this is exported; the address of `free_huge_page`
    /// still is, but no struct page holds it any more.
    ///
    /// Source: `kernel/kexec_core.c` (github.com/Nanhumly-Staging/android_kernel_xiaomi_msm8998, 9f2b6e9f,
    /// whose Makefile says 4.4.302; the same in github.com/Surge1223/android_kernel_google_taimen,
    /// 4408a950), `include/linux/mm_types.h` (github.com/0ctobot/neutrino_kernel_essential_msm8998,
    /// b9f49266), `include/linux/page-flags.h` (github.com/CMRemix/android_kernel_samsung_universal8895,
    /// 75c3f04e).
    public static KernelEra v4_4() {
        return new KernelEra(
                "4.4",
                8,
                64,
                new Offsets(28, 24, 48, 8, 32, 32),
                new Bits(5, 11, 15, -1, 7, 14, 22, 10),
                new Types(-128, 0, 0, 0, 0, 0),
                new Compound.Fields(44, 40, 4, 2),
                """
                SIZE(page)=64
                OFFSET(page.flags)=0
                OFFSET(page._count)=28
                OFFSET(page.mapping)=8
                OFFSET(page.lru)=32
                OFFSET(page._mapcount)=24
                OFFSET(page.private)=48
                OFFSET(list_head.next)=0
                OFFSET(list_head.prev)=8
                NUMBER(PG_lru)=5
                NUMBER(PG_private)=11
                NUMBER(PG_swapcache)=15
                NUMBER(PG_slab)=7
                NUMBER(PG_hwpoison)=22
                NUMBER(PG_head_mask)=16384
                NUMBER(PAGE_BUDDY_MAPCOUNT_VALUE)=-128
                SYMBOL(free_huge_page)=ffffffff811a2b30
                """);
    }

    /// Linux 4.14, 64 bits: `PG_waiters` took number 7 (4.10), and `PG_swapcache` shares its number with
    /// another flag; `PG_swapbacked`, by which they are told apart, is not exported yet (1cbf29da3628,
    /// April 2018).
    ///
    /// Source: `include/linux/mm_types.h` (github.com/0wnerDied/Neptune_kernel_sm8150_oneplus, 416f6fe3),
    /// `kernel/crash_core.c` (github.com/LineageOS/android_kernel_oneplus_sm8150, fdba62ff; it took over
    /// the page types of 6e292b9be7f4, June 2018, so that -128 is from before that),
    /// `include/linux/page-flags.h` (github.com/Jackeagle/kernel_msm-3.18, 2157a329, a mainline header from
    /// before 4.18 in spite of the name).
    public static KernelEra v4_14() {
        return new KernelEra(
                "4.14",
                8,
                64,
                new Offsets(28, 24, 48, 8, 32, 32),
                new Bits(5, 12, 9, 18, 8, 15, 22, 11),
                new Types(-128, 0, 0, 0, 0, 0),
                new Compound.Fields(44, 40, 4, 2),
                """
                SIZE(page)=64
                OFFSET(page.flags)=0
                OFFSET(page._refcount)=28
                OFFSET(page.mapping)=8
                OFFSET(page.lru)=32
                OFFSET(page._mapcount)=24
                OFFSET(page.private)=48
                OFFSET(page.compound_dtor)=40
                OFFSET(page.compound_order)=44
                OFFSET(page.compound_head)=32
                NUMBER(PG_lru)=5
                NUMBER(PG_private)=12
                NUMBER(PG_swapcache)=9
                NUMBER(PG_slab)=8
                NUMBER(PG_hwpoison)=22
                NUMBER(PG_head_mask)=32768
                NUMBER(PAGE_BUDDY_MAPCOUNT_VALUE)=-128
                NUMBER(HUGETLB_PAGE_DTOR)=2
                """);
    }

    /// Linux 4.14, i386: order and destructor are shorts on 32-bit machines. Source: as for [#v4_14()].
    public static KernelEra v4_14i386() {
        KernelEra wide = v4_14();
        return new KernelEra(
                "4.14 i386",
                4,
                32,
                new Offsets(16, 12, 28, 4, 20, 20),
                wide.bit,
                wide.type,
                new Compound.Fields(26, 24, 2, 2),
                wide.vmcoreinfo
                        .replace("SIZE(page)=64", "SIZE(page)=32")
                        .replace("_refcount)=28", "_refcount)=16")
                        .replace("mapping)=8", "mapping)=4")
                        .replace("lru)=32", "lru)=20")
                        .replace("_mapcount)=24", "_mapcount)=12")
                        .replace("private)=48", "private)=28")
                        .replace("compound_dtor)=40", "compound_dtor)=24")
                        .replace("compound_order)=44", "compound_order)=26")
                        .replace("compound_head)=32", "compound_head)=20"));
    }

    private static final Offsets MODERN = new Offsets(52, 48, 40, 24, 8, 8);

    private static final String MODERN_OFFSETS = """
            SIZE(page)=64
            OFFSET(page.flags)=0
            OFFSET(page._refcount)=52
            OFFSET(page.mapping)=24
            OFFSET(page.lru)=8
            OFFSET(page._mapcount)=48
            OFFSET(page.private)=40
            """;

    private static final String HEAD_OFFSET = "OFFSET(page.compound_head)=8\n";

    /// Linux 5.4, x86-64: struct page rearranged (4.18), page types are inverted flags (6e292b9be7f4, 4.18),
    /// order and destructor are bytes (4.16), offline pages are known (5.0).
    ///
    /// Source: flags and page types from `include/linux/page-flags.h` of a vendor's 5.4
    /// (github.com/EndCredits/android_kernel_xiaomi_sm8350, f42fbc46); keys and the bytes of
    /// `compound_dtor` and `compound_order` from a `kernel/crash_core.c` and an `mm_types.h` of that time,
    /// release not checked.
    public static KernelEra v5_4() {
        return new KernelEra(
                "5.4",
                8,
                64,
                MODERN,
                new Bits(4, 13, 10, 19, 9, 16, 23, 12),
                new Types(~0x80, ~0x100, ~0x400, 0, 0, 0),
                new Compound.Fields(17, 16, 1, 2),
                MODERN_OFFSETS + HEAD_OFFSET + """
                OFFSET(page.compound_dtor)=16
                OFFSET(page.compound_order)=17
                NUMBER(PG_lru)=4
                NUMBER(PG_private)=13
                NUMBER(PG_swapcache)=10
                NUMBER(PG_swapbacked)=19
                NUMBER(PG_slab)=9
                NUMBER(PG_hwpoison)=23
                NUMBER(PG_head_mask)=65536
                NUMBER(PAGE_BUDDY_MAPCOUNT_VALUE)=-129
                NUMBER(HUGETLB_PAGE_DTOR)=2
                NUMBER(PAGE_OFFLINE_MAPCOUNT_VALUE)=-257
                """);
    }

    private static final Types TYPES_5_11 = new Types(~0x80, ~0x100, ~0x200, 0, 0, 0);

    /// Linux 6.1, i386: as 5.4 in words of four bytes, but page tables have number 0x200 since kmem pages are
    /// no type any more (18b2db3b0385, 5.11).
    ///
    /// Source: `kernel/crash_core.c` (github.com/SP-Melokc/RK3568-Kernel6.1, 4fbf2ef4), types from that
    /// commit; `include/linux/page-flags.h` and `mm_types.h` (github.com/CachyOS/linux, c143199d and
    /// 055d1afd: of about 6.1, by what they have and lack).
    public static KernelEra v6_1i386() {
        KernelEra wide = v5_4();
        return new KernelEra(
                "6.1 i386",
                4,
                32,
                new Offsets(28, 24, 20, 12, 4, 4),
                wide.bit,
                TYPES_5_11,
                new Compound.Fields(9, 8, 1, 2),
                wide.vmcoreinfo
                        .replace("SIZE(page)=64", "SIZE(page)=32")
                        .replace("_refcount)=52", "_refcount)=28")
                        .replace("mapping)=24", "mapping)=12")
                        .replace("lru)=8", "lru)=4")
                        .replace("_mapcount)=48", "_mapcount)=24")
                        .replace("private)=40", "private)=20")
                        .replace("compound_head)=8", "compound_head)=4")
                        .replace("compound_dtor)=16", "compound_dtor)=8")
                        .replace("compound_order)=17", "compound_order)=9"));
    }

    /// Linux 6.4, x86-64: order and destructor are members of `struct folio` (6.3).
    ///
    /// Source: `kernel/crash_core.c` (github.com/intel-lab-lkp/linux, 035846a1: of 6.4 or 6.5, by what it
    /// has and lacks), `struct folio` as posted to linux-mm in 2023 when `folio_set_order` was removed;
    /// flags are those of 5.4 and 6.1, between which and the next change of their order (6.6) they stayed.
    public static KernelEra v6_4() {
        KernelEra before = v5_4();
        return new KernelEra(
                "6.4",
                8,
                64,
                MODERN,
                before.bit,
                TYPES_5_11,
                before.compound,
                before.vmcoreinfo
                        .replace("page.compound_dtor)=16", "folio._folio_dtor)=80")
                        .replace("page.compound_order)=17", "folio._folio_order)=81"));
    }

    private static final Bits BITS_6_7 = new Bits(5, 15, 12, 19, 11, 6, 23, 14);

    private static final String FLAGS_6_7 = """
            NUMBER(PG_lru)=5
            NUMBER(PG_private)=15
            NUMBER(PG_swapcache)=12
            NUMBER(PG_swapbacked)=19
            NUMBER(PG_hwpoison)=23
            NUMBER(PG_head_mask)=64
            """;

    /// Linux 6.7, x86-64: the order is the low byte of `_flags_1`, and hugetlb a flag there (9c5ccf2db04b,
    /// 6.6).
    ///
    /// Source: `kernel/crash_core.c` (github.com/UtsavBalar1231/kernel_rockchip_linux, 59552eae, whose
    /// Makefile says 6.7-rc5), `include/linux/page-flags.h` and `mm_types.h` of 6.6
    /// (github.com/deepin-community/kernel, 1bee9c11 and 07c3f9a1). Late 6.6 kernels have d99e3140a4d3, and
    /// are as [#v6_9()].
    public static KernelEra v6_7() {
        return new KernelEra(
                "6.7",
                8,
                64,
                MODERN,
                BITS_6_7,
                new Types(~0x80, ~0x100, ~0x200, 0, 0, 0),
                new Compound.FlagsByte(8),
                MODERN_OFFSETS + HEAD_OFFSET + FLAGS_6_7 + """
                NUMBER(PG_slab)=11
                NUMBER(PG_hugetlb)=8
                NUMBER(PAGE_BUDDY_MAPCOUNT_VALUE)=-129
                NUMBER(PAGE_OFFLINE_MAPCOUNT_VALUE)=-257
                """);
    }

    /// Linux 6.9, x86-64: hugetlb is a page type (d99e3140a4d3).
    ///
    /// Source: that commit; `kernel/vmcore_info.c` (github.com/openvelinux/kernel, 59a899c6); types in
    /// `include/linux/page-flags.h` (github.com/deepin-community/kernel, 1bee9c11, with that commit); the
    /// rest as 6.7.
    public static KernelEra v6_9() {
        return new KernelEra(
                "6.9",
                8,
                64,
                MODERN,
                BITS_6_7,
                new Types(~0x80, ~0x100, ~0x200, 0, ~0x800, 0),
                new Compound.FlagsByte(-1),
                MODERN_OFFSETS + HEAD_OFFSET + FLAGS_6_7 + """
                NUMBER(PG_slab)=11
                NUMBER(PAGE_BUDDY_MAPCOUNT_VALUE)=-129
                NUMBER(PAGE_OFFLINE_MAPCOUNT_VALUE)=-257
                NUMBER(PAGE_HUGETLB_MAPCOUNT_VALUE)=-2049
                """);
    }

    /// Linux 6.10, x86-64: slab is a page type (46df8e73a4a3); another flag has its number.
    ///
    /// Source: `include/linux/page-flags.h` (github.com/frank-w/BPI-Router-Linux, 5b6a21d3: slab is a type,
    /// and types are still inverted), keys as in a `kernel/vmcore_info.c` of that time; members as 6.9.
    public static KernelEra v6_10() {
        return new KernelEra(
                "6.10",
                8,
                64,
                MODERN,
                new Bits(5, 14, 11, 18, -1, 6, 22, 13),
                new Types(~0x80, ~0x100, ~0x200, ~0x1000, ~0x800, 0),
                new Compound.FlagsByte(-1),
                MODERN_OFFSETS + HEAD_OFFSET + """
                NUMBER(PG_lru)=5
                NUMBER(PG_private)=14
                NUMBER(PG_swapcache)=11
                NUMBER(PG_swapbacked)=18
                NUMBER(PAGE_SLAB_MAPCOUNT_VALUE)=-4097
                NUMBER(PG_hwpoison)=22
                NUMBER(PG_head_mask)=64
                NUMBER(PAGE_BUDDY_MAPCOUNT_VALUE)=-129
                NUMBER(PAGE_HUGETLB_MAPCOUNT_VALUE)=-2049
                NUMBER(PAGE_OFFLINE_MAPCOUNT_VALUE)=-257
                """);
    }

    /// Linux 6.12, 64 bits: page types are numbers in the top byte (4ffca5a96678).
    ///
    /// Source: the lines that the kernel of `samples/6.12-d1` (6.12.107) prints of itself.
    public static KernelEra v6_12() {
        return new KernelEra(
                "6.12",
                8,
                64,
                MODERN,
                new Bits(5, 14, 10, 17, -1, 6, 20, 13),
                new Types(0xf0 << 24, 0xf1 << 24, 0xf2 << 24, 0xf5 << 24, 0xf4 << 24, 0),
                new Compound.FlagsByte(-1),
                MODERN_OFFSETS + HEAD_OFFSET + """
                NUMBER(PG_lru)=5
                NUMBER(PG_private)=14
                NUMBER(PG_swapcache)=10
                NUMBER(PG_swapbacked)=17
                NUMBER(PAGE_SLAB_MAPCOUNT_VALUE)=-184549376
                NUMBER(PG_hwpoison)=20
                NUMBER(PG_head_mask)=64
                NUMBER(PAGE_BUDDY_MAPCOUNT_VALUE)=-268435456
                NUMBER(PAGE_HUGETLB_MAPCOUNT_VALUE)=-201326592
                NUMBER(PAGE_OFFLINE_MAPCOUNT_VALUE)=-251658240
                """);
    }

    /// Linux 7.2, x86-64: `compound_info` instead of `compound_head` (d50569612c29, 7.1), unaccepted memory is
    /// known (6.16).
    ///
    /// Source: the lines that the kernel of `samples/7.2-d23-flat` (7.2.13) prints of itself.
    public static KernelEra v7_2() {
        KernelEra before = v6_12();
        return new KernelEra(
                "7.2",
                8,
                64,
                MODERN,
                new Bits(5, 14, 10, 17, -1, 6, 21, 13),
                new Types(0xf0 << 24, 0xf1 << 24, 0xf2 << 24, 0xf5 << 24, 0xf4 << 24, 0xf7 << 24),
                before.compound,
                before.vmcoreinfo
                                .replace("compound_head", "compound_info")
                                .replace("PG_hwpoison)=20", "PG_hwpoison)=21")
                        + "NUMBER(PAGE_UNACCEPTED_MAPCOUNT_VALUE)=-150994944\n");
    }

    /// The same with members behind those described, such as `memcg_data` and `_last_cpupid`: configurations
    /// add them.
    public KernelEra withStructBytes(int bytes) {
        return new KernelEra(
                release + " with " + bytes + " bytes",
                wordBytes,
                bytes,
                at,
                bit,
                type,
                compound,
                vmcoreinfo.replace("SIZE(page)=" + structBytes, "SIZE(page)=" + bytes));
    }

    @Override
    public String toString() {
        return release;
    }
}
