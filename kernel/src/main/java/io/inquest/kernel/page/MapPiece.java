package io.inquest.kernel.page;

/// A run of page frames whose struct pages lie side by side, or are missing all.
///
/// @param startPfn first frame
/// @param endPfn one past the last
/// @param mapped whether there are struct pages
/// @param structPages virtual address of the struct page of `startPfn`; 0 when there is none
record MapPiece(long startPfn, long endPfn, boolean mapped, long structPages) {

    static MapPiece mapped(long startPfn, long endPfn, long structPages) {
        return new MapPiece(startPfn, endPfn, true, structPages);
    }

    static MapPiece hole(long startPfn, long endPfn) {
        return new MapPiece(startPfn, endPfn, false, 0);
    }

    /// Virtual address of the struct page of `pfn`, which lies in this piece.
    long structPage(long pfn, int structBytes) {
        return structPages + (pfn - startPfn) * structBytes;
    }

    /// Which struct page of this piece is at `address`, -1 if none is.
    long indexOf(long address, int structBytes) {
        long bytes = address - structPages;
        boolean inside = mapped && Long.compareUnsigned(bytes, (endPfn - startPfn) * structBytes) < 0;
        return inside && bytes % structBytes == 0 ? bytes / structBytes : -1;
    }
}
