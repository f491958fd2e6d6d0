package io.inquest.benchmarks;

import io.inquest.dump.Dump;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.page.PageMap;
import java.io.IOException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// Classifying the frames of a real dump in one thread, by the frame: finding struct pages by SPARSEMEM and page
/// tables, reading them from an ELF file in the page cache, deciding.
@State(Scope.Thread)
public class ClassifyBenchmark {

    private static final int FRAMES = 1 << 15;

    private final byte[] classes = new byte[FRAMES];
    private Dump dump;
    private PageMap map;

    @Setup
    public void open() throws IOException {
        dump = SamplePages.open();
        map = PageMap.open(Kernel.open(dump, System.err::println), System.err::println);
    }

    @TearDown
    public void close() throws IOException {
        dump.close();
    }

    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public byte[] classifyWindow() throws IOException {
        map.classify(0, FRAMES, classes, 1);
        return classes;
    }
}
