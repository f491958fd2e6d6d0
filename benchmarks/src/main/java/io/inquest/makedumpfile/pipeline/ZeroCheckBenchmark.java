package io.inquest.makedumpfile.pipeline;

import java.nio.ByteBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// Telling pages full of zeros from others, by the page.
@State(Scope.Thread)
public class ZeroCheckBenchmark {

    private static final int PAGE_BYTES = 4096;
    private static final int PAGES = 64;

    /// Where the first byte that is not zero lies; behind the page for pages full of zeros.
    @Param({"0", "2048", "4096"})
    private int zeros = 0;

    private final ZeroCheck check = new ZeroCheck(PAGE_BYTES);
    private final ByteBuffer pages = ZeroCheck.newPages(PAGES, PAGE_BYTES);

    @Setup
    public void fill() {
        for (int page = 0; page < PAGES && zeros < PAGE_BYTES; page++) {
            pages.put(page * PAGE_BYTES + zeros, (byte) 1);
        }
    }

    @Benchmark
    @OperationsPerInvocation(PAGES)
    public int isZero() {
        int count = 0;
        for (int page = 0; page < PAGES; page++) {
            count += check.isZero(pages, page) ? 1 : 0;
        }
        return count;
    }
}
