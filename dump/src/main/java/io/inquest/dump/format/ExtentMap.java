package io.inquest.dump.format;

import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;

/// Which of many, perhaps overlapping, pieces holds an address: disjoint extents in rising order, each owned by the
/// piece with the lowest rank among those that cover it.
///
/// Pieces are known by their index. Addresses are non-negative.
public final class ExtentMap {

    private long[] starts;
    private long[] ends;
    private int[] owners;
    private int size;

    private ExtentMap(int capacity) {
        starts = new long[capacity];
        ends = new long[capacity];
        owners = new int[capacity];
    }

    /// Maps the pieces `[pieceStarts[i], pieceEnds[i])` for `i < count`; empty ones are ignored.
    public static ExtentMap of(long[] pieceStarts, long[] pieceEnds, long[] ranks, int count) {
        ExtentMap map = new ExtentMap(Math.max(count, 1));
        if (isDisjoint(pieceStarts, pieceEnds, count)) {
            for (int i = 0; i < count; i++) {
                map.append(pieceStarts[i], pieceEnds[i], i);
            }
        } else {
            map.sweep(pieceStarts, pieceEnds, ranks, count);
        }
        return map;
    }

    private static boolean isDisjoint(long[] starts, long[] ends, int count) {
        for (int i = 1; i < count; i++) {
            if (starts[i] < ends[i - 1] || starts[i] < starts[i - 1]) {
                return false;
            }
        }
        return true;
    }

    private void sweep(long[] pieceStarts, long[] pieceEnds, long[] ranks, int count) {
        Integer[] byStart = new Integer[count];
        for (int i = 0; i < count; i++) {
            byStart[i] = i;
        }
        Arrays.sort(byStart, new ByKey(pieceStarts));
        PriorityQueue<Integer> active = new PriorityQueue<>(new ByKey(ranks));
        long at = 0;
        for (int next = 0; next < count || !active.isEmpty(); ) {
            long until = next < count ? pieceStarts[byStart[next]] : Long.MAX_VALUE;
            for (Integer best = active.peek(); best != null && at < until; best = active.peek()) {
                long end = Math.min(until, pieceEnds[best]);
                if (end > at) {
                    append(at, end, best);
                    at = end;
                }
                if (pieceEnds[best] <= at) {
                    active.poll();
                }
            }
            if (next < count) {
                at = until;
                active.add(byStart[next++]);
            }
        }
    }

    /// Orders pieces by a number of each. No lambda: every dump of a running kernel comes here while its reader starts.
    private static final class ByKey implements Comparator<Integer> {

        private final long[] keys;

        ByKey(long[] keys) {
            this.keys = keys;
        }

        @Override
        public int compare(Integer one, Integer other) {
            return Long.compare(keys[one], keys[other]);
        }
    }

    private void append(long start, long end, int owner) {
        if (start >= end) {
            return;
        }
        if (size > 0 && owners[size - 1] == owner && ends[size - 1] == start) {
            ends[size - 1] = end;
            return;
        }
        if (size == starts.length) {
            int capacity = Math.addExact(size, (size >> 1) + 8);
            starts = Arrays.copyOf(starts, capacity);
            ends = Arrays.copyOf(ends, capacity);
            owners = Arrays.copyOf(owners, capacity);
        }
        starts[size] = start;
        ends[size] = end;
        owners[size++] = owner;
    }

    /// The same addresses, those extents joined that touch each other; all are owned by piece 0.
    public ExtentMap joined() {
        ExtentMap joined = new ExtentMap(1);
        for (int i = 0; i < size; i++) {
            joined.append(starts[i], ends[i], 0);
        }
        return joined;
    }

    /// The same without the addresses `[from, to)`.
    public ExtentMap without(long from, long to) {
        ExtentMap left = new ExtentMap(size + 1);
        for (int i = 0; i < size; i++) {
            left.append(starts[i], Math.min(ends[i], from), owners[i]);
            left.append(Math.max(starts[i], to), ends[i], owners[i]);
        }
        return left;
    }

    /// Number of extents.
    public int size() {
        return size;
    }

    public long start(int extent) {
        return starts[extent];
    }

    /// One past the last address.
    public long end(int extent) {
        return ends[extent];
    }

    /// Index of the piece that owns the extent.
    public int owner(int extent) {
        return owners[extent];
    }

    /// The first extent that ends behind `address`: the one that holds it, or the next one; [#size] if none does.
    public int at(long address) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ends[middle] > address) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
