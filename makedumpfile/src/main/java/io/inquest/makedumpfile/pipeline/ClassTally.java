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
        count(windows.held(), windows.classes(), heldByCode);
        count(windows.existing(), windows.classes(), existingByCode);
    }

    private static void count(PageBitmap frames, byte[] classes, long[] byCode) {
        long first = frames.firstPfn();
        for (long pfn = frames.nextSet(first); pfn < frames.endPfn(); ) {
            long end = frames.nextClear(pfn);
            for (int i = (int) (pfn - first); i < end - first; i++) {
                byCode[classes[i]]++;
            }
            pfn = frames.nextSet(end);
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
