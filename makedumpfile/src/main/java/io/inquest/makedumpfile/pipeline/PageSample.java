package io.inquest.makedumpfile.pipeline;

import io.inquest.dump.PageBitmap;
import io.inquest.kernel.page.PageClass;
import java.io.IOException;
import java.util.Arrays;

/// Frames that stand for all that the input holds: of each class as many as it deserves, in small groups of
/// neighbours, one somewhere in each of equally long stretches of the class's frames. The same ones for the same
/// input: where in its stretch a group lies is scattered, but by its number.
final class PageSample {

    /// Frames of a class that follow each other, since that is how dumps are read.
    static final int GROUP = 8;

    /// So many that sizes are within a few percent, and so few that packing all of them in each way takes a second.
    private static final int MOST_GROUPS = 1024;

    /// A class that is small in memory may be all that a high level keeps.
    private static final int LEAST_GROUPS = 64;

    private final long[][] pfns = new long[PageClass.values().length][];
    private final int[] counts = new int[pfns.length];
    private final long[] seen = new long[pfns.length];
    private final long[] groupStart = new long[pfns.length];
    private final long[] population = new long[pfns.length];
    private final int[] groups = new int[pfns.length];

    private PageSample() {}

    /// Goes through all frames once.
    static PageSample of(FrameWindows windows, ClassTally tally) throws IOException {
        PageSample sample = new PageSample();
        sample.plan(tally);
        for (long window = 0; window < windows.count(); window++) {
            windows.load(window);
            sample.choose(windows.held(), windows.classes());
        }
        return sample;
    }

    /// The frames of a class, in their order.
    long[] pfns(PageClass pageClass) {
        return Arrays.copyOf(pfns[pageClass.code()], counts[pageClass.code()]);
    }

    private void plan(ClassTally tally) {
        long all = 0;
        for (PageClass pageClass : PageClass.values()) {
            all += tally.held(pageClass);
        }
        for (PageClass pageClass : PageClass.values()) {
            int code = pageClass.code();
            population[code] = tally.held(pageClass);
            double share = all == 0 ? 0 : (double) population[code] / all;
            long wanted = Math.max(LEAST_GROUPS, Math.round(share * MOST_GROUPS));
            groups[code] = (int) Math.min(wanted, Math.ceilDiv(population[code], (long) GROUP));
            pfns[code] = new long[groups[code] * GROUP];
            groupStart[code] = startOf(code, 0);
        }
    }

    private void choose(PageBitmap held, byte[] classes) {
        long first = held.firstPfn();
        for (long pfn = held.nextSet(first); pfn < held.endPfn(); ) {
            long end = held.nextClear(pfn);
            for (; pfn < end; pfn++) {
                int code = classes[(int) (pfn - first)];
                if (seen[code]++ >= groupStart[code]) {
                    add(code, pfn);
                }
            }
            pfn = held.nextSet(end);
        }
    }

    private void add(int code, long pfn) {
        if (counts[code] == pfns[code].length) {
            return;
        }
        pfns[code][counts[code]++] = pfn;
        if (counts[code] % GROUP == 0) {
            groupStart[code] = startOf(code, counts[code] / GROUP);
        }
    }

    /// Where in the class a group begins: somewhere in its stretch, so that it meets no stride of the memory's own.
    private long startOf(int code, int group) {
        if (group >= groups[code]) {
            return Long.MAX_VALUE;
        }
        long begin = (long) ((double) population[code] * group / groups[code]);
        long end = (long) ((double) population[code] * (group + 1) / groups[code]);
        long room = end - begin - GROUP;
        return room <= 0 ? begin : begin + Long.remainderUnsigned(scatter(group), room + 1);
    }

    /// The finalizer of SplitMix64: neighbouring numbers become ones that have nothing to do with each other.
    private static long scatter(long number) {
        long z = (number + 1) * 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
