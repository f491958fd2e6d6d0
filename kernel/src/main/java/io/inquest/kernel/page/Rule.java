package io.inquest.kernel.page;

/// The tests that decide a frame's class, in the order in which they are made.
///
/// The filter and `inquest explain` share them: what explains a frame is what decided it.
public enum Rule {
    NO_STRUCT_PAGE(PageClass.KEPT, "the kernel has no struct page for this frame"),
    UNREADABLE(PageClass.KEPT, "its struct page cannot be read"),
    HWPOISON(PageClass.HWPOISON, "PG_hwpoison is set: the memory is broken"),
    TAIL(PageClass.KEPT, "tail of a compound page, which goes the way of its head: the head is kept"),
    FREE_LIST(PageClass.FREE, "in a free list of the buddy allocator"),
    BUDDY_FLAG(PageClass.FREE, "PG_buddy is set: free in the buddy allocator"),
    SLAB(PageClass.KEPT, "slab memory of the kernel"),
    BUDDY_TYPE(PageClass.FREE, "the page type says buddy: free in the buddy allocator"),
    BUDDY_ORDER_INVALID(PageClass.KEPT, "marked as free, but its order is impossible"),
    UNACCEPTED(PageClass.UNACCEPTED, "the page type says unaccepted: not yet taken from the hypervisor"),
    OFFLINE(PageClass.OFFLINE, "the page type says offline: ballooned or unplugged"),
    HUGETLB(PageClass.USER, "hugetlb page of a process"),
    OTHER_TYPE(PageClass.KEPT, "has a page type that only the kernel uses"),
    ANONYMOUS(PageClass.USER, "mapping has bit 0 set: anonymous memory of a process"),
    CACHE(PageClass.CACHE, "in the page cache, without private data"),
    CACHE_PRIVATE(PageClass.CACHE_PRIVATE, "in the page cache, with private data of its file system"),
    OTHER(PageClass.KEPT, "no reason to leave it out"),
    RESCUED(PageClass.KEPT, "the kernel's own page tables or mappings use it");

    private static final Rule[] ALL = values();

    private final PageClass pageClass;
    private final String text;

    Rule(PageClass pageClass, String text) {
        this.pageClass = pageClass;
        this.text = text;
    }

    /// The class that a frame gets when this test holds.
    public PageClass pageClass() {
        return pageClass;
    }

    /// A clause for people.
    public String text() {
        return text;
    }

    /// A verdict: this rule for `1 << order` frames. Verdicts live in memory only, so that numbers may move.
    @SuppressWarnings("EnumOrdinal")
    int forOrder(int order) {
        return order << 8 | ordinal();
    }

    static Rule of(int verdict) {
        return ALL[verdict & 0xff];
    }

    /// log2 of the frames for which a verdict holds.
    static int order(int verdict) {
        return verdict >>> 8;
    }
}
