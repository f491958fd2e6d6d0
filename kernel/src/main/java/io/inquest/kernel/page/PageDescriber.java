package io.inquest.kernel.page;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Tells all about single frames, by the same decisions as the filter.
final class PageDescriber {

    /// Values of `compound_info` above this, as signed numbers, are masks; pointers into the kernel lie far
    /// below.
    private static final long LEAST_MASK = -(1L << 40);

    private final StructPageSource source;
    private final PageClassifier classifier;
    private final @Nullable FrameSet freeFrames;

    PageDescriber(StructPageSource source, PageClassifier classifier, @Nullable FrameSet freeFrames) {
        this.source = source;
        this.classifier = classifier;
        this.freeFrames = freeFrames;
    }

    PageInfo describe(long pfn) throws IOException {
        StructPages pair = source.newBlock(2);
        MapPiece piece = source.memMap().piece(pfn);
        boolean readable = source.loadPair(pair, pfn);
        Optional<PageInfo.StructPage> page = readable ? Optional.of(members(pair, piece)) : Optional.empty();
        BlockSearch.Block block = decidingBlock(pfn, piece, page);
        Rule rule = Rule.of(block.verdict());
        if (freeFrames != null && freeFrames.contains(pfn)) {
            return new PageInfo(pfn, Rule.FREE_LIST, pfn, 1, page);
        }
        return new PageInfo(pfn, rule, block.startPfn(), 1L << Rule.order(block.verdict()), page);
    }

    private BlockSearch.Block decidingBlock(long pfn, MapPiece piece, Optional<PageInfo.StructPage> page)
            throws IOException {
        if (!piece.mapped()) {
            return new BlockSearch.Block(pfn, Rule.NO_STRUCT_PAGE.forOrder(0));
        }
        BlockSearch search = new BlockSearch(source, classifier);
        Optional<BlockSearch.Block> before = search.covering(pfn);
        boolean broken =
                page.isPresent() && (page.get().flags() & source.layout().flags.hwpoison()) != 0;
        if (!broken) {
            return before.isEmpty() ? search.at(pfn) : before.get();
        }
        BlockSearch.Block own = search.at(pfn);
        return Rule.of(own.verdict()) == Rule.HWPOISON ? own : new BlockSearch.Block(pfn, Rule.HWPOISON.forOrder(0));
    }

    private PageInfo.StructPage members(StructPages pair, MapPiece piece) {
        PageLayout layout = source.layout();
        long[] words = pair.words();
        long flags = words[layout.flagsWord];
        int type = (int) layout.type.of(words, 0);
        boolean isHead = (flags & layout.flags.head()) != 0 && pair.count() > 1;
        long address = piece.structPage(pair.firstPfn(), layout.shape.structBytes());
        return new PageInfo.StructPage(
                address,
                flags,
                layout.flags.names(flags),
                type,
                typeName(type),
                (int) layout.refcount.of(words, 0),
                words[layout.mappingWord],
                words[layout.privateWord],
                headOf(words[layout.headWord], address, piece),
                isHead ? layout.compound.order(words, layout.shape.words(), pair.firstPfn()) : 0);
    }

    private String typeName(int type) {
        PageLayout layout = source.layout();
        if (type >= -1) {
            return "none";
        }
        if (type == layout.buddyType) {
            return "buddy";
        }
        if (type == layout.slabType) {
            return "slab";
        }
        if (type == layout.hugetlbType) {
            return "hugetlb";
        }
        if (type == layout.offlineType) {
            return "offline";
        }
        return type == layout.unacceptedType ? "unaccepted" : "other";
    }

    /// A tail points to its head with bit 0 set, or, since 7.1, holds the mask that makes the head's address of
    /// its own.
    private OptionalLong headOf(long info, long address, MapPiece piece) {
        PageLayout layout = source.layout();
        if ((info & layout.tailMask) == 0) {
            return OptionalLong.empty();
        }
        boolean isMask = info >= LEAST_MASK && info < 0;
        long head = isMask ? address & info - 1 : info - 1;
        long index = piece.indexOf(head, layout.shape.structBytes());
        return index < 0 ? OptionalLong.empty() : OptionalLong.of(piece.startPfn() + index);
    }
}
