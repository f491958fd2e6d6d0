package io.inquest.makedumpfile.pipeline;

import io.inquest.dump.PageBitmap;
import io.inquest.kernel.page.PageClass;

/// How many frames of a machine are memory, and how many of those that the input holds are of each class.
final class ClassTally {

    private final long[] byCode = new long[PageClass.values().length];
    private long existing;

    /// Counts the frames of one window.
    void add(FrameWindows windows) {
        existing += windows.existing().cardinality();
        PageBitmap held = windows.held();
        byte[] classes = windows.classes();
        long first = held.firstPfn();
        for (long pfn = held.nextSet(first); pfn < held.endPfn(); ) {
            long end = held.nextClear(pfn);
            for (int i = (int) (pfn - first); i < end - first; i++) {
                byCode[classes[i]]++;
            }
            pfn = held.nextSet(end);
        }
    }

    long existing() {
        return existing;
    }

    long of(PageClass pageClass) {
        return byCode[pageClass.code()];
    }
}
