package io.inquest.kernel.page;

import io.inquest.dump.Warnings;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.Mapping;
import io.inquest.kernel.arch.KernelSpace;
import java.io.IOException;

/// The frames that hold nothing but struct pages of frames that a dump leaves out.
///
/// On a machine of terabytes struct pages are most of a small dump: 16 GiB for each TiB of memory. Those of frames
/// that are not in the dump tell why not, which the dump's class map tells, too.
///
/// A frame of struct pages may stand in several places: of a huge page all but the first page of struct pages are one
/// and the same (`CONFIG_HUGETLB_PAGE_OPTIMIZE_VMEMMAP`). It is only left out if none of them is needed.
public final class StructPageFrames {

    /// Room for the struct pages of some TiB in scattered frames; those of any size in large pages.
    private static final int SET_BYTES = 8 << 20;

    private final PageMap map;
    private final KernelSpace space;
    private final int pageBytes;
    private final FrameSet unneeded;
    private final FrameSet needed;

    /// Tells whether a dump holds any of the frames `[startPfn, endPfn)`, which are asked for in ascending order.
    @FunctionalInterface
    public interface HeldFrames {

        boolean anyIn(long startPfn, long endPfn) throws IOException;
    }

    private StructPageFrames(PageMap map, KernelSpace space, int pageBytes, long endPfn) {
        this.map = map;
        this.space = space;
        this.pageBytes = pageBytes;
        this.unneeded = new FrameSet(endPfn, SET_BYTES);
        this.needed = new FrameSet(endPfn, SET_BYTES);
    }

    /// The frames whose struct pages describe frames only that are not `held`.
    public static StructPageFrames notDescribing(HeldFrames held, Kernel kernel, PageMap map, Warnings warnings)
            throws IOException {
        return notDescribing(
                held,
                kernel.pageTables(),
                kernel.memory().pageBytes(),
                map,
                kernel.memory().endPfn(),
                warnings);
    }

    static StructPageFrames notDescribing(
            HeldFrames held, KernelSpace space, int pageBytes, PageMap map, long endPfn, Warnings warnings)
            throws IOException {
        StructPageFrames frames = new StructPageFrames(map, space, pageBytes, endPfn);
        map.visitStructPages(endPfn, (start, end, address) -> frames.visit(start, end, address, held));
        if (frames.needed.refused() != 0) {
            warnings.warn("the struct pages are too scattered to be left out");
            return new StructPageFrames(map, space, pageBytes, endPfn);
        }
        return frames;
    }

    private void visit(long startPfn, long endPfn, long address, HeldFrames held) throws IOException {
        int structBytes = map.structPageBytes();
        long end = address + (endPfn - startPfn) * structBytes;
        for (long page = address & -pageBytes; page - end < 0; page += pageBytes) {
            long from = Math.max(page - address, 0);
            long to = Math.min(page + pageBytes, end) - address;
            boolean whole = page - address >= 0 && page + pageBytes - end <= 0;
            boolean needs =
                    !whole || held.anyIn(startPfn + from / structBytes, startPfn + Math.ceilDiv(to, structBytes));
            if (space.translate(page, pageBytes) instanceof Mapping.Mapped mapped) {
                (needs ? needed : unneeded).add(mapped.to() / pageBytes, 1);
            }
        }
    }

    /// Gives their class to those of these frames that are kept so far, in a window of classes that begins at
    /// `firstPfn`.
    public void mark(long firstPfn, int frames, byte[] classes) {
        long end = firstPfn + frames;
        for (long pfn = unneeded.next(firstPfn, end); pfn < end; pfn = unneeded.next(pfn + 1, end)) {
            int at = (int) (pfn - firstPfn);
            if (!needed.contains(pfn) && classes[at] == PageClass.KEPT.code()) {
                classes[at] = (byte) PageClass.VMEMMAP.code();
            }
        }
    }
}
