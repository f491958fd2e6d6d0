package io.inquest.kernel.page;

import java.io.IOException;
import java.util.Optional;

/// Finds out whether a frame lies inside a block that began before it.
///
/// The struct pages inside a free block say nothing of it, so whoever starts in the middle of memory must look
/// back. Blocks of `1 << n` frames are aligned to as many: for each order there is one place where the block
/// could begin.
final class BlockSearch {

    private final StructPageSource source;
    private final PageClassifier classifier;
    private final StructPages pair;

    BlockSearch(StructPageSource source, PageClassifier classifier) {
        this.source = source;
        this.classifier = classifier;
        this.pair = source.newBlock(2);
    }

    /// A block that is classified as a whole.
    ///
    /// @param startPfn its first frame
    /// @param verdict what was decided there
    record Block(long startPfn, int verdict) {

        long endPfn() {
            return startPfn + (1L << Rule.order(verdict));
        }

        boolean covers(long pfn) {
            return pfn >= startPfn && pfn < endPfn();
        }

        PageClass pageClass() {
            return Rule.of(verdict).pageClass();
        }
    }

    /// The largest block that begins before `pfn` and reaches over it.
    Optional<Block> covering(long pfn) throws IOException {
        long tried = pfn;
        for (int order = CompoundLayout.LARGEST_ORDER; order > 0; order--) {
            long start = pfn & -(1L << order);
            if (start == pfn) {
                break;
            }
            if (start != tried) {
                tried = start;
                Block block = at(start);
                if (block.pageClass() != PageClass.KEPT && block.covers(pfn)) {
                    return Optional.of(block);
                }
            }
        }
        return Optional.empty();
    }

    /// The verdict on the frame `pfn` by its own struct page; that nothing can be said of it is "kept".
    Block at(long pfn) throws IOException {
        if (!source.loadPair(pair, pfn)) {
            return new Block(pfn, Rule.UNREADABLE.forOrder(0));
        }
        int second = pair.count() > 1 ? source.layout().shape.words() : -1;
        return new Block(pfn, classifier.decide(pair.words(), 0, second, pfn));
    }
}
