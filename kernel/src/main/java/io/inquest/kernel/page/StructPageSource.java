package io.inquest.kernel.page;

import io.inquest.kernel.AddressSpace;
import java.io.IOException;

/// Everything that reading struct pages needs.
///
/// @param space the kernel's memory
/// @param memMap where they are
/// @param layout what they look like
record StructPageSource(AddressSpace space, MemMap memMap, PageLayout layout) {

    /// Room for blocks of `capacity` struct pages of this kernel.
    StructPages newBlock(int capacity) {
        return new StructPages(layout.shape, capacity);
    }

    /// Loads the struct page of `pfn` and, if there is one in the same piece, the next. Returns false if there
    /// is no struct page for it, or it cannot be read.
    boolean loadPair(StructPages block, long pfn) throws IOException {
        MapPiece piece = memMap.piece(pfn);
        if (!piece.mapped()) {
            return false;
        }
        int frames = pfn + 1 < piece.endPfn() ? 2 : 1;
        block.load(space, piece.structPage(pfn, layout.shape.structBytes()), pfn, frames);
        return !block.isLost(0);
    }
}
