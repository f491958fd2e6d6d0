package io.inquest.cli.dump;

import io.inquest.dump.PageBitmap;
import io.inquest.dump.PageState;
import io.inquest.dump.PhysicalMemory;
import java.io.IOException;
import java.nio.ByteBuffer;

/// How reading every page of a dump went.
///
/// @param readable pages that could be read and unpacked
/// @param lost pages that the dump promises and that could not be read
/// @param firstLost the first of them, -1 if there is none
record PageReading(long readable, long lost, long firstLost) {

    private static final int WINDOW_FRAMES = 1 << 20;
    private static final int BATCH_PAGES = 256;

    /// Hears how much was read.
    @FunctionalInterface
    interface Watcher {
        void read(long doneBytes, long totalBytes);
    }

    static PageReading of(PhysicalMemory memory, Watcher watcher) throws IOException {
        PageBitmap window = new PageBitmap(WINDOW_FRAMES);
        long promised = promised(memory, window);
        ByteBuffer pages = ByteBuffer.allocate(BATCH_PAGES << memory.pageShift());
        PageState[] states = new PageState[BATCH_PAGES];
        PageReading total = new PageReading(0, 0, -1);
        for (long first = 0; first < memory.endPfn(); first += WINDOW_FRAMES) {
            window.reset(first, (int) Math.min(WINDOW_FRAMES, memory.endPfn() - first));
            memory.markStored(window);
            for (long pfn = window.nextSet(first); pfn < window.endPfn(); pfn = window.nextSet(pfn)) {
                long end = window.nextClear(pfn);
                long alike = Math.min(memory.alikeUntil(pfn), end);
                if (alike - pfn > BATCH_PAGES && memory.state(pfn) == PageState.LOST) {
                    total = total.andLost(pfn, alike - pfn);
                    pfn = alike;
                    continue;
                }
                int count = (int) Math.min(BATCH_PAGES, end - pfn);
                memory.readPages(pfn, count, pages.clear(), states);
                total = total.and(pfn, count, states);
                watcher.read(total.pages() << memory.pageShift(), promised << memory.pageShift());
                pfn += count;
            }
        }
        return total;
    }

    /// Number of pages that the dump promises.
    private static long promised(PhysicalMemory memory, PageBitmap window) throws IOException {
        long pages = 0;
        for (long first = 0; first < memory.endPfn(); first += WINDOW_FRAMES) {
            window.reset(first, (int) Math.min(WINDOW_FRAMES, memory.endPfn() - first));
            memory.markStored(window);
            pages += window.cardinality();
        }
        return pages;
    }

    private long pages() {
        return readable + lost;
    }

    private PageReading andLost(long pfn, long count) {
        return new PageReading(readable, lost + count, firstLost < 0 ? pfn : firstLost);
    }

    private PageReading and(long pfn, int count, PageState[] states) {
        long nowLost = lost;
        long first = firstLost;
        for (int i = 0; i < count; i++) {
            if (!states[i].readable()) {
                nowLost++;
                first = first < 0 ? pfn + i : first;
            }
        }
        return new PageReading(readable + count - (nowLost - lost), nowLost, first);
    }
}
