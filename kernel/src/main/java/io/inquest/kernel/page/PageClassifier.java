package io.inquest.kernel.page;

/// Decides the class of page frames from blocks of struct pages.
///
/// One frame's verdict is a [Rule] and the number of frames it holds for: a free block, a hugetlb page or any
/// other compound page that is left out goes as a whole, and its other struct pages are not asked. What makes
/// the verdict for one frame is [#decide], both for the filter and for explanations; [#classify] passes over
/// the great majority of frames, which are plainly kept, without asking it.
///
/// Immutable, safe for many threads.
final class PageClassifier {

    private static final int ANONYMOUS_BIT = 1;
    private static final byte KEPT = (byte) PageClass.KEPT.code();
    private static final byte HWPOISON = (byte) PageClass.HWPOISON.code();

    private final PageLayout layout;

    /// Flags without any of which a frame without a type, and no tail or anonymous page, is plainly kept.
    private final long telling;

    PageClassifier(PageLayout layout) {
        this.layout = layout;
        PageFlags flags = layout.flags;
        this.telling = flags.lru() | flags.swapCache() | flags.buddy() | flags.hwpoison() | flags.head();
    }

    PageLayout layout() {
        return layout;
    }

    /// Writes the classes of frames `pfn` to `pfn + count - 1` from `classes[to]` on.
    ///
    /// `words` holds their struct pages, and, unless the last frame is the last of its memory map, one more.
    void classify(StructPages block, int count, byte[] classes, int to, ChunkFindings found) {
        final long[] words = block.words();
        final long pfn = block.firstPfn();
        final int stride = layout.shape.words();
        int i = continueBlock(block, 0, count, classes, to, found);
        while (i < count) {
            i = passPlain(words, i, count, classes, to);
            if (i == count) {
                return;
            }
            int second = i + 1 < block.count() ? (i + 1) * stride : -1;
            int verdict = decide(words, i * stride, second, pfn + i);
            Rule rule = Rule.of(verdict);
            if (rule == Rule.BUDDY_ORDER_INVALID) {
                found.noteInvalidOrder(pfn + i);
            }
            if (rule.pageClass() == PageClass.KEPT) {
                classes[to + i++] = KEPT;
            } else {
                found.carry((byte) rule.pageClass().code(), 1L << Rule.order(verdict));
                i = continueBlock(block, i, count, classes, to, found);
            }
        }
    }

    /// Marks frames as kept from `from` on, up to the first that is not plainly so.
    private int passPlain(long[] words, int from, int count, byte[] classes, int to) {
        final int stride = layout.shape.words();
        final int flagsAt = layout.flagsWord;
        final int mappingAt = layout.mappingWord;
        final int headAt = layout.headWord;
        final long tail = layout.tailMask;
        final long tellingFlags = telling;
        final int typeAt = layout.type.word();
        final int typeShift = layout.type.shift();
        int i = from;
        for (int at = from * stride; i < count; i++, at += stride) {
            long reasons = (words[at + flagsAt] & tellingFlags)
                    | (words[at + mappingAt] & ANONYMOUS_BIT)
                    | (words[at + headAt] & tail);
            if (reasons != 0 || (int) (words[at + typeAt] >>> typeShift) < -1) {
                return i;
            }
            classes[to + i] = KEPT;
        }
        return i;
    }

    /// Fills in what the current block still covers. Broken frames inside it are marked as such: whoever keeps
    /// the block must not read them.
    private int continueBlock(StructPages block, int from, int count, byte[] classes, int to, ChunkFindings found) {
        int end = (int) Math.min(count, from + found.blockFrames());
        final long hwpoison = layout.flags.hwpoison();
        final long[] words = block.words();
        final int stride = layout.shape.words();
        for (int i = from, at = from * stride + layout.flagsWord; i < end; i++, at += stride) {
            classes[to + i] = (words[at] & hwpoison) != 0 ? HWPOISON : found.blockClass();
        }
        found.passed(end - from);
        return end;
    }

    /// The verdict on the frame `pfn` whose struct page begins at word `at`, and on those that go with it; `second`
    /// is where the next one begins, or −1 when there is none. A broken frame in a free block is broken
    /// nevertheless.
    int decide(long[] words, int at, int second, long pfn) {
        final PageLayout page = layout;
        final PageFlags known = page.flags;
        final long flags = words[at + page.flagsWord];
        final boolean tail = (words[at + page.headWord] & page.tailMask) != 0;
        final boolean head = !tail && (flags & known.head()) != 0 && second >= 0;
        final int order = head ? page.compound.order(words, second, pfn) : 0;
        if ((flags & known.hwpoison()) != 0) {
            return ofBroken(words, at, pfn, tail, order);
        }
        if (tail) {
            return Rule.TAIL.forOrder(0);
        }
        if ((flags & known.slab()) != 0) {
            return Rule.SLAB.forOrder(0);
        }
        if ((flags & known.buddy()) != 0) {
            return buddy(Rule.BUDDY_FLAG, words[at + page.privateWord], pfn);
        }
        return head ? ofHead(words, at, second, pfn, order) : ofType(words, at, pfn, order);
    }

    /// A free block whose first page is broken is still free (a fatal machine check marks its page and touches
    /// nothing else, `mce_panic()`); only that page is marked in it. Any other compound page is broken as a whole.
    private int ofBroken(long[] words, int at, long pfn, boolean tail, int order) {
        final int type = (int) layout.type.of(words, at);
        boolean flagged = (words[at + layout.flagsWord] & layout.flags.buddy()) != 0;
        if (!tail && (flagged || (type < -1 && type == layout.buddyType))) {
            int verdict = buddy(flagged ? Rule.BUDDY_FLAG : Rule.BUDDY_TYPE, words[at + layout.privateWord], pfn);
            if (Rule.of(verdict) != Rule.BUDDY_ORDER_INVALID) {
                return verdict;
            }
        }
        return Rule.HWPOISON.forOrder(order);
    }

    private int ofHead(long[] words, int at, int second, long pfn, int order) {
        final int verdict = ofType(words, at, pfn, order);
        boolean typed = (int) layout.type.of(words, at) < -1;
        return !typed && layout.compound.isHugetlb(words, second, layout.flagsWord)
                ? Rule.HUGETLB.forOrder(order)
                : verdict;
    }

    private int ofType(long[] words, int at, long pfn, int order) {
        final int type = (int) layout.type.of(words, at);
        if (type >= -1) {
            return untyped(words[at + layout.flagsWord], words[at + layout.mappingWord])
                    .forOrder(order);
        }
        return type == layout.buddyType
                ? buddy(Rule.BUDDY_TYPE, words[at + layout.privateWord], pfn)
                : typed(type, order, pfn);
    }

    private int buddy(Rule rule, long order, long pfn) {
        boolean possible = order >= 0 && order < layout.buddyOrders && (pfn & (1L << order) - 1) == 0;
        return possible ? rule.forOrder((int) order) : Rule.BUDDY_ORDER_INVALID.forOrder(0);
    }

    /// A page type is never found on memory of a process or of a file, except for hugetlb.
    private int typed(int type, int order, long pfn) {
        if (type == layout.offlineType) {
            return Rule.OFFLINE.forOrder(order);
        }
        if (type == layout.hugetlbType) {
            return Rule.HUGETLB.forOrder(order);
        }
        if (type == layout.unacceptedType) {
            // Accepted and given in blocks of the largest order of the buddy allocator only.
            int largest = layout.buddyOrders - 1;
            return Rule.UNACCEPTED.forOrder((pfn & (1L << largest) - 1) == 0 ? largest : 0);
        }
        return (type == layout.slabType ? Rule.SLAB : Rule.OTHER_TYPE).forOrder(0);
    }

    private Rule untyped(long flags, long mapping) {
        if ((mapping & ANONYMOUS_BIT) != 0) {
            return Rule.ANONYMOUS;
        }
        PageFlags known = layout.flags;
        if ((flags & known.lru()) != 0 || known.isSwapCache(flags)) {
            return (flags & known.privateData()) != 0 ? Rule.CACHE_PRIVATE : Rule.CACHE;
        }
        return Rule.OTHER;
    }
}
