package io.inquest.dump.elf;

import io.inquest.dump.PageBitmap;
import io.inquest.dump.PageState;
import io.inquest.dump.PhysicalMemory;
import io.inquest.dump.PhysicalSegment;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.LongConsumer;

/// Copies the bytes of pieces of memory, in batches of pages; of a page at either end only the part
/// in the piece.
final class PageCopier {

    private static final int BATCH_PAGES = 64;

    private final PhysicalMemory memory;
    private final FrameSelection selection;
    private final AppendCache target;
    private final LongConsumer progress;
    private final ByteBuffer pages;
    private final PageState[] states = new PageState[BATCH_PAGES];
    private final PageBitmap selected = new PageBitmap(BATCH_PAGES + Long.SIZE);
    private long pagesDone;
    private long lostPages;

    PageCopier(PhysicalMemory memory, FrameSelection selection, AppendCache target, LongConsumer progress) {
        this.memory = memory;
        this.selection = selection;
        this.target = target;
        this.progress = progress;
        this.pages = ByteBuffer.allocateDirect(BATCH_PAGES << memory.pageShift());
    }

    void copy(PhysicalSegment piece) throws IOException {
        long at = piece.physicalAddress();
        long end = at + piece.fileBytes();
        while (at != end) {
            long pfn = at >>> memory.pageShift();
            long lastPfn = (end - 1) >>> memory.pageShift();
            int count = (int) Math.min(lastPfn - pfn + 1, BATCH_PAGES);
            memory.readPages(pfn, count, pages.clear(), states);
            countLost(pfn, count);
            int from = (int) (at & (memory.pageBytes() - 1));
            int to = (int) Math.min((long) count << memory.pageShift(), from + (end - at));
            target.put(pages.position(from).limit(to));
            at += to - from;
            pagesDone += count;
            progress.accept(pagesDone);
        }
    }

    /// Frames that were not selected may lie between those that were: to lose them is no loss.
    private void countLost(long pfn, int count) throws IOException {
        boolean asked = false;
        for (int i = 0; i < count; i++) {
            if (states[i] != PageState.LOST) {
                continue;
            }
            if (!asked) {
                selected.reset(pfn & -Long.SIZE, BATCH_PAGES + Long.SIZE);
                selection.mark(selected);
                asked = true;
            }
            lostPages += selected.get(pfn + i) ? 1 : 0;
        }
    }

    long lostPages() {
        return lostPages;
    }
}
