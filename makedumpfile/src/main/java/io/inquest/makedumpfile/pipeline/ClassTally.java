package io.inquest.makedumpfile.pipeline;

import io.inquest.dump.PageBitmap;
import io.inquest.kernel.page.PageClass;

/// How many frames of a machine are memory, and how many of them, and of those that the input holds, are of each class.
///
/// The two differ for an input that was filtered before: its struct pages still tell what was left out then.
final class ClassTally {

    private final long[] heldByCode = new long[PageClass.values().length];
    private final long[] existingByCode = new long[PageClass.values().length];
    private long existing;

    /// Counts the frames of one window.
    void add(FrameWindows windows) {
        existing += windows.existing().cardinality();
        count(windows, windows.held(), heldByCode);
        count(windows, windows.existing(), existingByCode);
    }

    private static void count(FrameWindows windows, PageBitmap frames, long[] byCode) {
        for (long pfn = frames.nextSet(frames.firstPfn()); pfn < frames.endPfn(); ) {
            long runEnd = frames.nextClear(pfn);
            while (pfn < runEnd) {
                long end = windows.sameClassUntil(pfn, runEnd);
                byCode[windows.classOf(pfn)] += end - pfn;
                pfn = end;
            }
            pfn = frames.nextSet(pfn);
        }
    }

    long existing() {
        return existing;
    }

    /// Frames of a class that the input holds.
    long held(PageClass pageClass) {
        return heldByCode[pageClass.code()];
    }

    /// Frames of a class, whether the input holds them or not.
    long existing(PageClass pageClass) {
        return existingByCode[pageClass.code()];
    }
}
