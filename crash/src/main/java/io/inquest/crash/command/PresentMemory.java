package io.inquest.crash.command;

import io.inquest.crash.result.Ending;
import io.inquest.dump.MemoryFault;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.object.KernelObject;
import io.inquest.kernel.type.StructType;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/// How much memory the machine had: the frames that its nodes say are present (kernel: `include/linux/mmzone.h`).
///
/// Nodes are at the pointers of `node_data[]`; a kernel without NUMA has the one node `contig_page_data`.
public final class PresentMemory {

    /// `MAX_NUMNODES` is at most this.
    private static final int MOST_NODES = 1024;

    private PresentMemory() {}

    /// Page frames; empty if the kernel has neither symbols nor types that tell. Throws a [MemoryFault] if they lead
    /// to memory that the dump does not hold.
    public static OptionalLong frames(Kernel kernel) throws IOException {
        Optional<StructType> type = kernel.types().findStruct("pglist_data");
        OptionalLong single = kernel.symbols().address("contig_page_data");
        OptionalLong several = kernel.symbols().address("node_data");
        if (type.isEmpty() || (single.isEmpty() && several.isEmpty())) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(
                several.isPresent()
                        ? ofNodes(kernel, type.get(), several.getAsLong())
                        : present(kernel, type.get(), single.getAsLong()));
    }

    /// How an answer ends that gives shares of this memory.
    public static Ending ending(Kernel kernel) throws IOException {
        try {
            OptionalLong _ = frames(kernel);
            return Ending.COMPLETE;
        } catch (MemoryFault lost) {
            return Ending.incomplete("the size of the machine's memory cannot be read: " + lost.getMessage());
        }
    }

    private static long ofNodes(Kernel kernel, StructType type, long pointers) throws IOException {
        long count = kernel.vmcoreInfo().length("node_data").orElse(1);
        long frames = 0;
        int wordBytes = kernel.space().wordBytes();
        for (int i = 0; i < Math.clamp(count, 1, MOST_NODES); i++) {
            long node = kernel.space().readWord(pointers + (long) i * wordBytes);
            if (node != 0) {
                frames += present(kernel, type, node);
            }
        }
        return frames;
    }

    private static long present(Kernel kernel, StructType type, long node) throws IOException {
        return KernelObject.at(kernel.space(), type, node)
                .member("node_present_pages")
                .unsigned();
    }
}
