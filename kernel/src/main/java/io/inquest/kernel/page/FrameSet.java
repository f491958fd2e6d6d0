package io.inquest.kernel.page;

import java.util.HashMap;
import java.util.Map;

/// A set of page frames anywhere in memory, within a byte budget.
///
/// Kept as bitmaps of 32768 frames each, where the set has frames at all. For one thread while it is filled,
/// then safe for many.
final class FrameSet {

    private static final int CHUNK_BITS = 15;
    private static final int CHUNK_FRAMES = 1 << CHUNK_BITS;
    private static final int CHUNK_WORDS = CHUNK_FRAMES / Long.SIZE;

    private final Map<Long, long[]> chunks = new HashMap<>();
    private final int mostChunks;
    private final long endPfn;
    private long refused;

    /// An empty set of frames below `endPfn`, which takes at most about `bytes` bytes.
    FrameSet(long endPfn, int bytes) {
        this.endPfn = endPfn;
        this.mostChunks = bytes / (CHUNK_FRAMES / Byte.SIZE);
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
            long[] words = chunk(pfn >>> CHUNK_BITS);
            if (words.length == 0) {
                refused += chunkEnd - pfn;
            } else {
                set(words, (int) (pfn & CHUNK_FRAMES - 1), (int) (chunkEnd - pfn));
            }
            pfn = chunkEnd;
        }
    }

    private long[] chunk(long index) {
        long[] words = chunks.get(index);
        if (words == null) {
            if (chunks.size() == mostChunks) {
                return new long[0];
            }
            words = new long[CHUNK_WORDS];
            chunks.put(index, words);
        }
        return words;
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
