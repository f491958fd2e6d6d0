package io.inquest.dump.verify;

import io.inquest.dump.BitmapRuns;
import io.inquest.dump.PageBitmap;
import io.inquest.dump.PageState;
import io.inquest.dump.PfnRange;
import io.inquest.dump.PhysicalMemory;
import io.inquest.dump.codec.Compression;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/// Reads and unpacks every page that a dump promises.
final class PageReading {

    private static final int WINDOW_FRAMES = 1 << 20;
    private static final int BATCH_PAGES = 256;
    private static final int MOST_RUNS = 64;

    private final PhysicalMemory memory;
    private final boolean hasChecksums;
    private final Verifier.Watcher watcher;
    private final PageBitmap window = new PageBitmap(WINDOW_FRAMES);
    private final ByteBuffer pages;
    private final PageState[] states = new PageState[BATCH_PAGES];
    private final FrameRuns lostFrames = new FrameRuns(MOST_RUNS);
    private long readable;
    private long unchecked;
    private long missing;
    private long damaged;
    private long firstDamaged;
    private long lastDamaged;

    /// `hasChecksums`: all pages are covered by checksums of the file, which are compared elsewhere.
    PageReading(PhysicalMemory memory, boolean hasChecksums, Verifier.Watcher watcher) {
        this.memory = memory;
        this.hasChecksums = hasChecksums;
        this.watcher = watcher;
        this.pages = ByteBuffer.allocate(BATCH_PAGES << memory.pageShift());
    }

    PageTally readAll() throws IOException {
        long promised = promised();
        for (long first = 0; first < memory.endPfn(); first += WINDOW_FRAMES) {
            mark(first);
            BitmapRuns runs = new BitmapRuns(window);
            for (long pfn = window.nextSet(first); pfn < window.endPfn(); pfn = window.nextSet(pfn)) {
                pfn = readSome(pfn, runs.endOf(pfn));
                watcher.read(done() << memory.pageShift(), promised << memory.pageShift());
            }
        }
        Optional<PfnRange> around =
                damaged == 0 ? Optional.empty() : Optional.of(new PfnRange(firstDamaged, lastDamaged + 1));
        return new PageTally(readable, unchecked, missing, damaged, around, lostFrames.runs(), lostFrames.more());
    }

    private void mark(long first) throws IOException {
        window.reset(first, (int) Math.min(WINDOW_FRAMES, memory.endPfn() - first));
        memory.markStored(window);
    }

    private long promised() throws IOException {
        long count = 0;
        for (long first = 0; first < memory.endPfn(); first += WINDOW_FRAMES) {
            mark(first);
            count += window.cardinality();
        }
        return count;
    }

    private long done() {
        return readable + missing + damaged;
    }

    /// Reads pages of the promised frames `[pfn, end)` and answers where it stopped.
    private long readSome(long pfn, long end) throws IOException {
        long alike = Math.min(memory.alikeUntil(pfn), end);
        if (alike - pfn > BATCH_PAGES && memory.state(pfn) == PageState.LOST) {
            missing += alike - pfn;
            lostFrames.add(pfn, alike);
            return alike;
        }
        int count = (int) Math.min(BATCH_PAGES, end - pfn);
        Arrays.fill(states, PageState.LOST);
        memory.readPages(pfn, count, pages.clear(), states);
        for (int i = 0; i < count; i++) {
            count(pfn + i, states[i]);
        }
        return pfn + count;
    }

    private void count(long pfn, PageState state) {
        if (state.readable()) {
            readable++;
            unchecked += hasChecksums || state == PageState.ZERO || checksItself(pfn) ? 0 : 1;
            return;
        }
        lostFrames.add(pfn, pfn + 1);
        if (memory.state(pfn) == PageState.LOST) {
            missing++;
        } else {
            firstDamaged = damaged == 0 ? pfn : firstDamaged;
            lastDamaged = pfn;
            damaged++;
        }
    }

    /// Of the compressions only zlib's always ends with a checksum of the page.
    private boolean checksItself(long pfn) {
        return memory.storedForm(pfn).compression() == Compression.ZLIB;
    }
}
