package io.inquest.benchmarks;

import io.inquest.dump.PageBitmap;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// Going through the runs of frames that a bitmap names, by the frame of the window.
@State(Scope.Thread)
public class BitmapBenchmark {

    private static final int FRAMES = 1 << 20;

    /// The mean length of a run, set or clear.
    @Param({"2", "32", "1024"})
    private int run = 1;

    private final PageBitmap bitmap = PageBitmap.of(0, FRAMES);

    @Setup
    public void fill() {
        Random random = new Random(1);
        bitmap.reset(0, FRAMES);
        for (long pfn = 0; pfn < FRAMES; ) {
            long set = pfn + 1 + random.nextInt(2 * run - 1);
            bitmap.setRange(pfn, set);
            pfn = set + 1 + random.nextInt(2 * run - 1);
        }
    }

    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public long scan() {
        long frames = 0;
        for (long pfn = bitmap.nextSet(0); pfn < bitmap.endPfn(); ) {
            long end = bitmap.nextClear(pfn);
            frames += end - pfn;
            pfn = bitmap.nextSet(end);
        }
        return frames;
    }
}
