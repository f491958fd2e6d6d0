package io.inquest.makedumpfile.pipeline;

import io.inquest.dump.PageBitmap;
import io.inquest.dump.elf.FrameSelection;
import io.inquest.kernel.page.PageClass;
import java.io.IOException;

/// Which frames stay: those that the input holds and whose class is not left out.
final class Selection implements FrameSelection {

    private final FrameWindows windows;
    private final boolean[] leftOut;
    private final int leastCutFrames;
    private final PageBitmap selected;
    private long loaded = -1;

    /// `leftOut` tells by class code.
    Selection(FrameWindows windows, boolean[] leftOut, int leastCutFrames) {
        this.windows = windows;
        this.leastCutFrames = leastCutFrames;
        this.leftOut = leftOut.clone();
        this.selected = new PageBitmap(windows.classes().length);
    }

    /// Which classes a dump level leaves out, by class code; zeros are not told by their struct page.
    static boolean[] leftOutAt(int level, boolean scanned) {
        boolean[] leftOut = new boolean[PageClass.values().length];
        for (PageClass pageClass : PageClass.values()) {
            leftOut[pageClass.code()] = scanned && pageClass != PageClass.ZERO && pageClass.excludedAt(level);
        }
        return leftOut;
    }

    FrameWindows windows() {
        return windows;
    }

    boolean leavesOut(int code) {
        return leftOut[code];
    }

    /// Makes a window the one that [#selected] speaks of.
    void load(long window) throws IOException {
        windows.load(window);
        if (window == loaded) {
            return;
        }
        PageBitmap held = windows.held();
        selected.reset(held.firstPfn(), held.frames());
        System.arraycopy(held.words(), 0, selected.words(), 0, (held.frames() + 63) >>> 6);
        for (long pfn = held.firstPfn(); pfn < held.endPfn(); ) {
            long end = windows.sameClassUntil(pfn, held.endPfn());
            if (leftOut[windows.classOf(pfn)]) {
                selected.clearRange(pfn, end);
            }
            pfn = end;
        }
        loaded = window;
    }

    /// Frames of the loaded window that stay.
    PageBitmap selected() {
        return selected;
    }

    /// Whether any of the frames `[startPfn, endPfn)` stays.
    boolean holdsAny(long startPfn, long endPfn) throws IOException {
        long end = Math.min(endPfn, windows.endPfn());
        for (long pfn = startPfn; pfn < end; ) {
            load(windows.windowOf(pfn));
            long stop = Math.min(selected.endPfn(), end);
            if (selected.nextSet(pfn) < stop) {
                return true;
            }
            pfn = stop;
        }
        return false;
    }

    @Override
    public int leastCutFrames() {
        return leastCutFrames;
    }

    @Override
    public void mark(PageBitmap window) throws IOException {
        long pfn = window.firstPfn();
        long end = Math.min(window.endPfn(), windows.endPfn());
        while (pfn < end) {
            load(windows.windowOf(pfn));
            long stop = Math.min(selected.endPfn(), end);
            for (long run = selected.nextSet(pfn); run < stop; ) {
                long runEnd = Math.min(selected.nextClear(run), stop);
                window.setRange(run, runEnd);
                run = selected.nextSet(runEnd);
            }
            pfn = stop;
        }
    }
}
