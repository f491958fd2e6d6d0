package io.inquest.dump;

/// Where the runs of equal bits of a bitmap end, for whoever goes through its frames in rising order.
///
/// Who takes a run in many small steps, because something else changes within it, looks at each word once all the same:
/// [PageBitmap#nextClear] would search to the end of the run at every step, which on a large machine never ends.
public final class BitmapRuns {

    private final PageBitmap bitmap;
    private boolean value;
    private long endPfn;

    /// Bits of frames that were asked for may change later on, those of frames farther on may not.
    public BitmapRuns(PageBitmap bitmap) {
        this.bitmap = bitmap;
        endPfn = bitmap.firstPfn();
    }

    /// The bit of a frame of the bitmap, which is not below any asked for before.
    public boolean get(long pfn) {
        if (pfn >= endPfn) {
            value = bitmap.get(pfn);
            endPfn = value ? bitmap.nextClear(pfn) : bitmap.nextSet(pfn);
        }
        return value;
    }

    /// One past the last frame of the run that `pfn` lies in.
    public long endOf(long pfn) {
        boolean _ = get(pfn);
        return endPfn;
    }
}
