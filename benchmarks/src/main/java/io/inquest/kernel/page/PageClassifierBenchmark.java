package io.inquest.kernel.page;

import io.inquest.kernel.VmcoreInfo;
import io.inquest.testkit.KernelEra;
import java.io.IOException;
import java.nio.ByteOrder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// Deciding the classes of frames whose struct pages are at hand, by the frame, for the releases whose struct pages
/// differ in what has to be asked.
@State(Scope.Thread)
public class PageClassifierBenchmark {

    /// Release of Linux.
    @Param({"2.6.32", "3.13", "4.14", "5.4", "6.4", "6.7", "6.12", "7.2"})
    public String era = "";

    private final byte[] classes = new byte[MixedFrames.FRAMES];
    private StructPages block;
    private PageClassifier classifier;

    @Setup
    public void load() throws IOException {
        KernelEra described = MixedFrames.era(era);
        VmcoreInfo info = VmcoreInfo.parse(described.vmcoreinfo());
        PageLayout layout = PageLayout.of(info, described.wordBytes(), ByteOrder.LITTLE_ENDIAN);
        classifier = new PageClassifier(layout);
        block = new StructPages(layout.shape, MixedFrames.FRAMES);
        block.load(new MixedFrames(described, ""), MixedFrames.MEM_MAP, 0, MixedFrames.FRAMES);
    }

    @Benchmark
    @OperationsPerInvocation(MixedFrames.FRAMES)
    public byte[] classify() {
        classifier.classify(block, MixedFrames.FRAMES, classes, 0, new ChunkFindings());
        return classes;
    }
}
