package io.inquest.makedumpfile.pipeline;

import io.inquest.dump.BitmapRuns;
import io.inquest.dump.PageBitmap;
import io.inquest.dump.PageState;
import io.inquest.dump.PhysicalMemory;
import io.inquest.kernel.page.PageClass;
import java.io.IOException;
import java.nio.ByteBuffer;

/// Finds the pages full of zeros before anything is written, as an ELF file needs it: its headers say where they are.
final class ZeroScan implements FrameWindows.FrameClasses {

    private static final int BATCH_PAGES = 64;

    private final FrameWindows.FrameClasses source;
    private final boolean[] leftOut;
    private final PhysicalMemory memory;
    private final ByteBuffer pages;
    private final ZeroCheck zeroCheck;
    private final PageState[] states = new PageState[BATCH_PAGES];

    /// Looks at the pages that have no class of `leftOut` by `source`.
    ZeroScan(FrameWindows.FrameClasses source, boolean[] leftOut, PhysicalMemory memory) {
        this.source = source;
        this.leftOut = leftOut.clone();
        this.memory = memory;
        this.pages = ZeroCheck.newPages(BATCH_PAGES, memory.pageBytes());
        this.zeroCheck = new ZeroCheck(memory.pageBytes());
    }

    @Override
    public void find(PageBitmap existing, PageBitmap held, byte[] classes) throws IOException {
        source.find(existing, held, classes);
        long first = held.firstPfn();
        BitmapRuns runs = new BitmapRuns(held);
        long pfn = held.nextSet(first);
        while (pfn < held.endPfn()) {
            long end = Math.min(runs.endOf(pfn), pfn + BATCH_PAGES);
            scan(pfn, (int) (end - pfn), classes, (int) (pfn - first));
            pfn = held.nextSet(end);
        }
    }

    private void scan(long pfn, int count, byte[] classes, int at) throws IOException {
        int from = 0;
        while (from < count) {
            if (leftOut[classes[at + from]]) {
                from++;
                continue;
            }
            int to = from + 1;
            while (to < count && !leftOut[classes[at + to]]) {
                to++;
            }
            scanRun(pfn + from, to - from, classes, at + from);
            from = to;
        }
    }

    private void scanRun(long pfn, int count, byte[] classes, int at) throws IOException {
        memory.readPages(pfn, count, pages.clear(), states);
        for (int page = 0; page < count; page++) {
            if (states[page].readable() && zeroCheck.isZero(pages, page)) {
                classes[at + page] = (byte) PageClass.ZERO.code();
            }
        }
    }
}
