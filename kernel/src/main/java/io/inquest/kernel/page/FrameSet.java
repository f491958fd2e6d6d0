package io.inquest.kernel.page;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A set of page frames anywhere in memory, within a byte budget.
///
/// Kept as bitmaps of 32768 frames each, where the set has frames at all; chunks that are in the set as a whole
/// share one bitmap, so that the vmemmap of a machine of terabytes costs next to nothing. For one thread while it
/// is filled, then safe for many.
final class FrameSet {

    private static final int CHUNK_BITS = 15;
    private static final int CHUNK_FRAMES = 1 << CHUNK_BITS;
    private static final int CHUNK_WORDS = CHUNK_FRAMES / Long.SIZE;

    /// From so many frames on, it is worth a look whether the chunk has become full: a page of 2 MiB.
    private static final int LARGE_RUN = 512;

    private static final long[] FULL = new long[CHUNK_WORDS];

    static {
        Arrays.fill(FULL, -1L);
    }

    private final Map<Long, long[]> chunks = new HashMap<>();
    private final int mostBitmaps;
    private int bitmaps;
    private final long endPfn;
    private long refused;

    /// An empty set of frames below `endPfn`, which takes at most about `bytes` bytes.
    FrameSet(long endPfn, int bytes) {
        this.endPfn = endPfn;
        this.mostBitmaps = bytes / (CHUNK_FRAMES / Byte.SIZE);
    }

    boolean isEmpty() {
        return chunks.isEmpty();
    }

    /// Number of frames that were added after the budget was used up, and so are not in the set.
    long refused() {
        return refused;
    }

    /// Adds frames; those behind the end of memory are ignored.
    void add(long firstPfn, long count) {
        long start = Math.max(firstPfn, 0);
        long end = count > endPfn - start ? endPfn : start + Math.max(count, 0);
        for (long pfn = start; pfn < end; ) {
            long chunkEnd = Math.min((pfn | CHUNK_FRAMES - 1) + 1, end);
            addToChunk(pfn >>> CHUNK_BITS, (int) (pfn & CHUNK_FRAMES - 1), (int) (chunkEnd - pfn));
            pfn = chunkEnd;
        }
    }

    private void addToChunk(long index, int from, int count) {
        long[] words = chunks.get(index);
        if (isWhole(words)) {
            return;
        }
        if (words == null) {
            if (bitmaps == mostBitmaps) {
                refused += count;
                return;
            }
            words = new long[CHUNK_WORDS];
            chunks.put(index, words);
            bitmaps++;
        }
        set(words, from, count);
        if (count >= LARGE_RUN && Arrays.equals(words, FULL)) {
            chunks.put(index, FULL);
            bitmaps--;
        }
    }

    @SuppressWarnings("ReferenceEquality") // nothing is ever taken out of the shared bitmap, nor put in
    private static boolean isWhole(long @Nullable [] words) {
        return words == FULL;
    }

    private static void set(long[] words, int from, int count) {
        for (int bit = from; bit < from + count; ) {
            int bits = Math.min(Long.SIZE - (bit & 63), from + count - bit);
            words[bit >>> 6] |= (bits == Long.SIZE ? -1L : (1L << bits) - 1) << bit;
            bit += bits;
        }
    }

    boolean contains(long pfn) {
        long[] words = chunks.get(pfn >>> CHUNK_BITS);
        int bit = (int) (pfn & CHUNK_FRAMES - 1);
        return words != null && (words[bit >>> 6] >>> bit & 1) != 0;
    }

    /// The first frame of the set at or behind `pfn` and before `end`, or `end`.
    long next(long pfn, long end) {
        for (long at = pfn; at < end; ) {
            long chunkEnd = (at | CHUNK_FRAMES - 1) + 1;
            long[] words = chunks.get(at >>> CHUNK_BITS);
            if (words != null) {
                int found = nextSet(words, (int) (at & CHUNK_FRAMES - 1));
                if (found < CHUNK_FRAMES) {
                    return Math.min((at & -CHUNK_FRAMES) + found, end);
                }
            }
            at = chunkEnd;
        }
        return end;
    }

    private static int nextSet(long[] words, int from) {
        int word = from >>> 6;
        long bits = words[word] & -1L << from;
        while (bits == 0 && ++word < words.length) {
            bits = words[word];
        }
        return bits == 0 ? CHUNK_FRAMES : (word << 6) + Long.numberOfTrailingZeros(bits);
    }

    /// Gives the class to all frames of the set within a window of classes that begins at `firstPfn`.
    void mark(long firstPfn, int frames, byte[] classes, PageClass pageClass) {
        long end = firstPfn + frames;
        for (long pfn = next(firstPfn, end); pfn < end; pfn = next(pfn + 1, end)) {
            classes[(int) (pfn - firstPfn)] = (byte) pageClass.code();
        }
    }
}
