package io.inquest.kernel.page;

import io.inquest.dump.MemoryFault;
import io.inquest.dump.Warnings;
import io.inquest.kernel.AddressSpace;
import io.inquest.kernel.Hex;
import io.inquest.kernel.VmcoreInfo;
import java.io.IOException;

/// The lists of free blocks in the buddy allocator, for kernels whose struct pages do not tell that they are
/// free (before 2.6.38, as far as vmcoreinfo goes).
///
/// Each zone has a `struct free_area` for each order, with a list of blocks for each migrate type (one until
/// 2.6.23), linked through `page.lru` of the first struct page of a block.
final class FreeLists {

    /// Room for the free frames of 256 GiB in pages of 4 KiB; those kernels had less.
    private static final int SET_BYTES = 8 << 20;

    private final StructPageSource source;
    private final AddressSpace space;
    private final VmcoreInfo info;
    private final long endPfn;
    private MapPiece near = MapPiece.hole(0, 0);
    private long blocks;

    FreeLists(StructPageSource source, VmcoreInfo info, MemoryBounds bounds) {
        this.source = source;
        this.space = source.space();
        this.info = info;
        this.endPfn = bounds.endPfn();
    }

    /// All frames of free blocks, as far as the lists can be followed; what cannot be is told to `warnings`.
    FrameSet frames(Warnings warnings) throws IOException {
        FrameSet free = new FrameSet(endPfn, SET_BYTES);
        if (info.offset("zone.free_area").isEmpty()
                || info.size("free_area").isEmpty()
                || source.layout().lruOffset < 0) {
            warnings.warn("vmcoreinfo does not tell how free pages are marked or listed: they are kept");
            return free;
        }
        for (long zone : Zones.populated(space, info, warnings)) {
            for (int order = source.layout().buddyOrders - 1; order >= 0; order--) {
                area(zone, order, free, warnings);
            }
        }
        if (free.refused() != 0) {
            warnings.warn(free.refused() + " free page frames are kept: there are more than can be remembered");
        }
        return free;
    }

    private void area(long zone, int order, FrameSet free, Warnings warnings) throws IOException {
        long area = zone
                + info.offset("zone.free_area").getAsLong()
                + order * info.size("free_area").getAsLong()
                + info.offset("free_area.free_list").orElse(0);
        long types = Math.clamp(info.length("free_area.free_list").orElse(1), 1, 64);
        long headBytes = info.size("list_head").orElse(2L * space.wordBytes());
        for (long type = 0; type < types; type++) {
            long head = area + type * headBytes;
            try {
                list(head, order, free, warnings);
            } catch (MemoryFault broken) {
                warnings.warn("the free list at " + Hex.of(head) + " is broken (" + broken.getMessage()
                        + "): the pages behind are kept");
            }
        }
    }

    private void list(long head, int order, FrameSet free, Warnings warnings) throws IOException {
        long nextAt = info.offset("list_head.next").orElse(0);
        long prevAt = info.offset("list_head.prev").orElse(space.wordBytes());
        long previous = head;
        for (long entry = space.readWord(head + nextAt); entry != head; entry = space.readWord(entry + nextAt)) {
            long pfn = frameOf(entry - source.layout().lruOffset);
            boolean linked = space.readWord(entry + prevAt) == previous;
            if (!linked || pfn < 0 || (pfn & (1L << order) - 1) != 0 || ++blocks > endPfn) {
                warnings.warn("the free list at " + Hex.of(head) + " is broken at " + Hex.of(entry)
                        + ": the pages behind are kept");
                return;
            }
            free.add(pfn, 1L << order);
            previous = entry;
        }
    }

    /// The frame whose struct page is at `address`, −1 if it is none.
    private long frameOf(long address) throws IOException {
        int bytes = source.layout().shape.structBytes();
        if (near.indexOf(address, bytes) < 0) {
            near = pieceOf(address, bytes);
        }
        long index = near.indexOf(address, bytes);
        return index < 0 ? -1 : near.startPfn() + index;
    }

    /// Sections of one vmemmap lie in the order of their frames: the way from a known one leads to the right one.
    /// Else all are asked in turn.
    private MapPiece pieceOf(long address, int structBytes) throws IOException {
        long guess = near.startPfn() + (address - near.structPages()) / structBytes;
        if (near.mapped() && guess >= 0 && guess < endPfn) {
            MapPiece piece = source.memMap().piece(guess);
            if (piece.indexOf(address, structBytes) >= 0) {
                return piece;
            }
        }
        for (long pfn = 0; pfn < endPfn; ) {
            MapPiece piece = source.memMap().piece(pfn);
            if (piece.indexOf(address, structBytes) >= 0) {
                return piece;
            }
            pfn = piece.endPfn();
        }
        return MapPiece.hole(0, 0);
    }
}
