package io.inquest.kernel.page;

import java.io.IOException;

/// How many frames struct pages say are used for what: finer than [PageClass], as far as the kernel counts it too.
///
/// A compound page counts as a whole by its first struct page. One thread goes through all struct pages once;
/// nothing of the size of the machine is held.
public final class PageCensus {

    /// A use of memory. One page can be of two: an anonymous page is on a list of pages that can be reclaimed as
    /// well.
    public enum Use {
        /// Free in the buddy allocator, or not accepted yet.
        FREE,
        /// Slab caches.
        SLAB,
        /// kmalloc() of sizes beyond slab caches, where the kernel marks it.
        LARGE_KMALLOC,
        /// Compound pages without any mark; large kmalloc() is among them where the kernel does not mark it.
        UNMARKED_COMPOUND,
        /// Page tables.
        PAGE_TABLE,
        /// Typed pages of no use above; page tables are among them where the kernel's types do not name theirs.
        OTHER_TYPE,
        /// On the lists of pages that can be reclaimed, backed by swap: anonymous and shared memory.
        LRU_ANON,
        /// On those lists, backed by files.
        LRU_FILE,
        /// On the list of pages that cannot be reclaimed.
        UNEVICTABLE,
        /// Anonymous memory in single pages that processes map.
        MAPPED_ANON,
        /// Anonymous memory in large folios, all or some of which processes map.
        LARGE_ANON
    }

    private static final int BLOCK_BYTES = 1 << 20;

    private final StructPageSource source;
    private final PageClassifier classifier;
    private final PageMarks marks;
    private final long[] pages = new long[Use.values().length];
    private long lost;

    private PageCensus(StructPageSource source, PageClassifier classifier, PageMarks marks) {
        this.source = source;
        this.classifier = classifier;
        this.marks = marks;
    }

    /// Counts the frames below `endPfn`.
    static PageCensus of(StructPageSource source, PageClassifier classifier, PageMarks marks, long endPfn)
            throws IOException {
        PageCensus census = new PageCensus(source, classifier, marks);
        census.count(endPfn);
        return census;
    }

    /// Frames of a use.
    @SuppressWarnings("EnumOrdinal") // never stored
    public long pages(Use use) {
        return pages[use.ordinal()];
    }

    /// Struct pages that could not be read, and count as nothing.
    public long lost() {
        return lost;
    }

    private void count(long endPfn) throws IOException {
        StructPages block =
                source.newBlock(Math.max(2, BLOCK_BYTES / source.layout().shape.structBytes()));
        for (long pfn = 0; pfn < endPfn; ) {
            MapPiece piece = source.memMap().piece(pfn);
            long end = Math.min(piece.endPfn(), endPfn);
            pfn = piece.mapped() ? countBlock(block, piece, pfn, end) : end;
        }
    }

    /// Counts as many frames of `piece` from `pfn` on as the block holds; the answer is the frame to go on with,
    /// behind the last compound page or free block.
    private long countBlock(StructPages block, MapPiece piece, long pfn, long end) throws IOException {
        int structBytes = source.layout().shape.structBytes();
        int loaded = (int) Math.min(piece.endPfn() - pfn, block.capacity());
        block.load(source.space(), piece.structPage(pfn, structBytes), pfn, loaded);
        lost += block.lostCount();
        // The second struct page of a compound page tells its order, so the last of the block waits for the next.
        long stop = loaded > 1 ? Math.min(end, pfn + loaded - (pfn + loaded < piece.endPfn() ? 1 : 0)) : pfn + 1;
        long at = pfn;
        while (at < stop) {
            at += countPage(block, (int) (at - pfn), at);
        }
        return at;
    }

    /// Counts the page that begins at `pfn`; the answer is its number of frames.
    private long countPage(StructPages block, int index, long pfn) {
        if (block.isLost(index)) {
            return 1;
        }
        PageLayout layout = source.layout();
        long[] words = block.words();
        int at = index * layout.shape.words();
        int second = index + 1 < block.count() ? at + layout.shape.words() : -1;
        int verdict = classifier.decide(words, at, second, pfn);
        Rule rule = Rule.of(verdict);
        long flags = words[at + layout.flagsWord];
        boolean head = rule != Rule.TAIL && (flags & layout.flags.head()) != 0 && second >= 0;
        int order = Math.max(Rule.order(verdict), head ? layout.compound.order(words, second, pfn) : 0);
        long frames = 1L << order;
        add(rule, flags, (int) layout.type.of(words, at), frames);
        return frames;
    }

    private void add(Rule rule, long flags, int type, long frames) {
        switch (rule) {
            case BUDDY_FLAG, BUDDY_TYPE, UNACCEPTED -> add(Use.FREE, frames);
            case SLAB -> add(Use.SLAB, frames);
            case OTHER_TYPE -> add(useOfType(type), frames);
            case ANONYMOUS -> {
                addListed(flags, frames);
                if (frames > 1) {
                    add(Use.LARGE_ANON, frames);
                } else if (type >= 0) {
                    add(Use.MAPPED_ANON, 1);
                }
            }
            case CACHE, CACHE_PRIVATE -> addListed(flags, frames);
            case OTHER -> {
                if (frames > 1) {
                    add(Use.UNMARKED_COMPOUND, frames);
                }
            }
            case NO_STRUCT_PAGE,
                    UNREADABLE,
                    HWPOISON,
                    TAIL,
                    FREE_LIST,
                    BUDDY_ORDER_INVALID,
                    OFFLINE,
                    HUGETLB,
                    RESCUED -> {
                // The kernel has no counter for it here.
            }
        }
    }

    private Use useOfType(int type) {
        if (type == marks.tableType()) {
            return Use.PAGE_TABLE;
        }
        return type == marks.largeKmallocType() ? Use.LARGE_KMALLOC : Use.OTHER_TYPE;
    }

    /// The lists of reclaim (`folio_lru_list` in `include/linux/mm_inline.h`).
    private void addListed(long flags, long frames) {
        PageFlags known = source.layout().flags;
        if ((flags & known.lru()) == 0) {
            return;
        }
        if ((flags & marks.unevictable()) != 0) {
            add(Use.UNEVICTABLE, frames);
        } else {
            add((flags & known.swapBacked()) != 0 ? Use.LRU_ANON : Use.LRU_FILE, frames);
        }
    }

    @SuppressWarnings("EnumOrdinal")
    private void add(Use use, long frames) {
        pages[use.ordinal()] += frames;
    }
}
