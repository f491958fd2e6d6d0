package io.inquest.kernel.page;

import io.inquest.kernel.Kernel;
import io.inquest.kernel.Mapping;
import io.inquest.kernel.arch.KernelSpace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// The three addresses of a page frame in the kernel: its number, its struct page, and its place in the direct
/// map.
///
/// Safe for many threads.
public final class FrameAddresses {

    private final KernelSpace space;
    private final PageMap map;
    private final long endPfn;
    private final int pageShift;
    private @Nullable List<MapPiece> pieces;

    private FrameAddresses(KernelSpace space, PageMap map, long endPfn, int pageShift) {
        this.space = space;
        this.map = map;
        this.endPfn = endPfn;
        this.pageShift = pageShift;
    }

    /// Throws a [io.inquest.dump.DumpException] when page tables or struct pages cannot be found.
    public static FrameAddresses of(Kernel kernel, PageMap map) throws IOException {
        return new FrameAddresses(
                kernel.pageTables(),
                map,
                kernel.memory().endPfn(),
                kernel.memory().pageShift());
    }

    /// Virtual address of a frame's struct page.
    public OptionalLong structPage(long pfn) throws IOException {
        return map.structPage(pfn);
    }

    /// Virtual address of a frame's first byte in the direct map.
    public OptionalLong directMap(long pfn) throws IOException {
        return space.directMap(pfn << pageShift);
    }

    /// The frame whose struct page begins at an address.
    public OptionalLong frame(long structPage) throws IOException {
        for (MapPiece piece : pieces()) {
            long index = piece.indexOf(structPage, map.structPageBytes());
            if (index >= 0) {
                return OptionalLong.of(piece.startPfn() + index);
            }
        }
        return OptionalLong.empty();
    }

    /// The frame that the kernel sees at a virtual address.
    public OptionalLong frameAt(long virtualAddress) throws IOException {
        return space.translate(virtualAddress, 1) instanceof Mapping.Mapped mapped
                ? OptionalLong.of(mapped.to() >>> pageShift)
                : OptionalLong.empty();
    }

    /// Pieces that follow each other in frames and addresses become one, so that there are few.
    private synchronized List<MapPiece> pieces() throws IOException {
        if (pieces == null) {
            List<MapPiece> found = new ArrayList<>();
            map.visitStructPages(endPfn, (startPfn, end, address) -> {
                MapPiece last = found.isEmpty() ? null : found.getLast();
                if (last != null
                        && last.endPfn() == startPfn
                        && last.structPage(startPfn, map.structPageBytes()) == address) {
                    found.set(found.size() - 1, MapPiece.mapped(last.startPfn(), end, last.structPages()));
                } else {
                    found.add(MapPiece.mapped(startPfn, end, address));
                }
            });
            pieces = found;
        }
        return pieces;
    }
}
