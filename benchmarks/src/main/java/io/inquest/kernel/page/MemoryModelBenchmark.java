package io.inquest.kernel.page;

import io.inquest.kernel.VmcoreInfo;
import io.inquest.testkit.KernelEra;
import java.io.IOException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// Classifying frames in one thread, by the frame, for each way of keeping struct pages: finding them, copying them out
/// of memory, deciding. The copying is from an array, without page tables and files.
@State(Scope.Thread)
public class MemoryModelBenchmark {

    /// How the kernel arranges its struct pages.
    @Param({"FLATMEM", "DISCONTIGMEM", "SPARSEMEM", "SPARSEMEM_EXTREME", "VMEMMAP"})
    public String model = "";

    private final byte[] classes = new byte[MixedFrames.FRAMES];
    private PageMap map;

    @Setup
    public void open() throws IOException {
        MixedFrames space = new MixedFrames(KernelEra.v6_12(), model);
        MemoryBounds bounds = new MemoryBounds(MixedFrames.FRAMES, 12, 27, 46);
        map = PageMap.open(space, VmcoreInfo.parse(space.vmcoreinfo()), bounds, warning -> {
            throw new IllegalStateException(warning);
        });
        if (!map.model().name().equals(model.equals("VMEMMAP") ? "SPARSEMEM_EXTREME" : model)) {
            throw new IllegalStateException(model + " was taken for " + map.model());
        }
    }

    @Benchmark
    @OperationsPerInvocation(MixedFrames.FRAMES)
    public byte[] classify() throws IOException {
        map.classify(0, MixedFrames.FRAMES, classes, 1);
        return classes;
    }
}
