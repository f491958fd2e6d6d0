package io.inquest.kernel.page;

/// Why a page frame may be left out of a dump: the one list of classes, in the order in which they are tested.
///
/// The first class whose test holds decides. `levels` are the dump level bits of makedumpfile(8), any of which
/// leaves the class out; classes without a bit are left out at every level that looks at struct pages at all.
public enum PageClass {
    /// Needed, or of no class below: stays in the dump at every level.
    KEPT(0, 0, "kept"),
    /// Free in the buddy allocator.
    FREE(1, 16, "free"),
    /// Given by the hypervisor but not accepted yet (confidential guests, since 6.16); the report counts it as
    /// free.
    UNACCEPTED(2, 16, "unaccepted"),
    /// Page cache without private data.
    CACHE(3, 2 | 4, "cache"),
    /// Page cache with private data of its file system.
    CACHE_PRIVATE(4, 4, "private cache"),
    /// Memory of user processes: anonymous and hugetlb pages.
    USER(5, 8, "user"),
    /// Broken memory: reading it may stop the machine.
    HWPOISON(6, 0, "hwpoison"),
    /// Offline: given back by a balloon driver or memory hot-unplug.
    OFFLINE(7, 0, "offline"),
    /// All bytes zero. Decided by contents, not by the struct page.
    ZERO(8, 1, "zero"),
    /// Holds struct pages only of frames that are left out. Decided when all others are, and only where somebody
    /// asks for it.
    VMEMMAP(9, 0, "vmemmap");

    private static final PageClass[] BY_CODE = values();

    private final int code;
    private final int levels;
    private final String label;

    PageClass(int code, int levels, String label) {
        this.code = code;
        this.levels = levels;
        this.label = label;
    }

    /// The number that stands for the class in a dump's class map; never reused for another class.
    public int code() {
        return code;
    }

    /// The class with this [#code], as in an array that [PageMap#classify] filled; codes count from 0.
    public static PageClass of(int code) {
        return BY_CODE[code];
    }

    /// The dump level bits that leave the class out, 0 if none does.
    public int levels() {
        return levels;
    }

    /// The name in messages and JSON.
    public String label() {
        return label;
    }

    /// Whether pages of this class are left out at `dumpLevel` by a filter that looks at struct pages.
    public boolean excludedAt(int dumpLevel) {
        return (levels & dumpLevel) != 0 || this == HWPOISON || this == OFFLINE;
    }
}
