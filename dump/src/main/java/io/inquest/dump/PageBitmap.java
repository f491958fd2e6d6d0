package io.inquest.dump;

import java.util.Arrays;

/// One bit for each page frame of a window `[firstPfn, firstPfn + frames)`.
///
/// `firstPfn` is a multiple of 64, so that bit `pfn` of a whole dump's bitmap is bit `pfn - firstPfn` here,
/// in words whose lowest bit is the lowest frame: written as little-endian bytes, the words are the bitmap of
/// a kdump-compressed file.
public final class PageBitmap {

    private final long[] words;
    private long firstPfn;
    private int frames;

    /// A bitmap that can hold windows of up to `capacity` frames, now an empty window at 0.
    public PageBitmap(int capacity) {
        words = new long[(capacity + 63) >>> 6];
    }

    /// A cleared bitmap of one window.
    public static PageBitmap of(long firstPfn, int frames) {
        PageBitmap bitmap = new PageBitmap(frames);
        bitmap.reset(firstPfn, frames);
        return bitmap;
    }

    /// Moves to another window and clears all bits.
    public void reset(long firstPfn, int frames) {
        if ((firstPfn & 63) != 0 || frames < 0 || frames > (words.length << 6)) {
            throw new IllegalArgumentException("window " + firstPfn + "+" + frames);
        }
        this.firstPfn = firstPfn;
        this.frames = frames;
        Arrays.fill(words, 0);
    }

    public long firstPfn() {
        return firstPfn;
    }

    public int frames() {
        return frames;
    }

    /// One past the last frame of the window.
    public long endPfn() {
        return firstPfn + frames;
    }

    /// The words themselves, lowest frames first; bits behind the window are clear.
    public long[] words() {
        return words;
    }

    public boolean contains(long pfn) {
        return pfn >= firstPfn && pfn < endPfn();
    }

    public boolean get(long pfn) {
        int bit = (int) (pfn - firstPfn);
        return (words[bit >>> 6] >>> bit & 1) != 0;
    }

    public void set(long pfn) {
        int bit = (int) (pfn - firstPfn);
        words[bit >>> 6] |= 1L << bit;
    }

    public void clear(long pfn) {
        int bit = (int) (pfn - firstPfn);
        words[bit >>> 6] &= ~(1L << bit);
    }

    /// Sets the bits of `[startPfn, endPfn)` as far as they lie in the window.
    public void setRange(long startPfn, long endPfn) {
        fill(startPfn, endPfn, true);
    }

    /// Clears the bits of `[startPfn, endPfn)` as far as they lie in the window.
    public void clearRange(long startPfn, long endPfn) {
        fill(startPfn, endPfn, false);
    }

    private void fill(long startPfn, long endPfn, boolean value) {
        long from = Math.max(startPfn, firstPfn) - firstPfn;
        long to = Math.min(endPfn, endPfn()) - firstPfn;
        for (long bit = from; bit < to; ) {
            int word = (int) (bit >>> 6);
            int low = (int) (bit & 63);
            int count = (int) Math.min(64 - low, to - bit);
            long mask = (count == 64 ? -1L : (1L << count) - 1) << low;
            words[word] = value ? words[word] | mask : words[word] & ~mask;
            bit += count;
        }
    }

    /// The first set bit at or behind `pfn`, or [#endPfn] if there is none.
    public long nextSet(long pfn) {
        return next(pfn, 0L);
    }

    /// The first clear bit at or behind `pfn`, or [#endPfn] if there is none.
    public long nextClear(long pfn) {
        return next(pfn, -1L);
    }

    private long next(long pfn, long flip) {
        long bit = Math.max(pfn - firstPfn, 0);
        if (bit >= frames) {
            return endPfn();
        }
        int word = (int) (bit >>> 6);
        long bits = (words[word] ^ flip) & -1L << bit;
        while (bits == 0) {
            word++;
            if ((word << 6) >= frames) {
                return endPfn();
            }
            bits = words[word] ^ flip;
        }
        return Math.min(firstPfn + (word << 6) + Long.numberOfTrailingZeros(bits), endPfn());
    }

    /// Number of set bits in the window.
    public int cardinality() {
        int count = 0;
        for (int i = 0; i < (frames + 63) >>> 6; i++) {
            count += Long.bitCount(words[i]);
        }
        return count;
    }
}
