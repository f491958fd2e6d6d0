package io.inquest.crash.command;

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

    /// Page frames; 0 if nothing tells.
    public static long frames(Kernel kernel) throws IOException {
        Optional<StructType> type = kernel.types().findStruct("pglist_data");
        if (type.isEmpty()) {
            return 0;
        }
        OptionalLong single = kernel.symbols().address("contig_page_data");
        OptionalLong several = kernel.symbols().address("node_data");
        try {
            if (several.isEmpty()) {
                return single.isEmpty() ? 0 : present(kernel, type.get(), single.getAsLong());
            }
            return ofNodes(kernel, type.get(), several.getAsLong());
        } catch (MemoryFault lost) {
            return 0;
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
