package io.inquest.kernel.zone;

import io.inquest.kernel.Kernel;
import io.inquest.kernel.object.KernelObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Finds the memory nodes of a machine.
///
/// | Kernel is built             | Where                                          |
/// |-----------------------------|------------------------------------------------|
/// | for one node (`!NUMA`)      | the variable `contig_page_data`                |
/// | for several                 | the pointers in `node_data`, 0 for absent ones |
public final class MemoryNodes {

    /// `MAX_NUMNODES` is at most 1 << 10.
    private static final long MOST_NODES = 1024;

    private MemoryNodes() {}

    public static List<MemoryNode> of(Kernel kernel) throws IOException {
        List<MemoryNode> nodes = new ArrayList<>();
        if (kernel.symbols().address("node_data").isEmpty()) {
            nodes.add(new MemoryNode(kernel.object("contig_page_data")));
            return nodes;
        }
        KernelObject table = kernel.object("node_data");
        for (int i = 0; i < count(kernel); i++) {
            KernelObject pointer = table.element(i);
            if (!pointer.isZero()) {
                nodes.add(new MemoryNode(pointer.dereference()));
            }
        }
        return nodes;
    }

    /// Node numbers end below `nr_node_ids`.
    private static long count(Kernel kernel) throws IOException {
        Optional<KernelObject> ids = kernel.findObject("nr_node_ids");
        return ids.isPresent() ? Math.clamp(ids.get().unsigned(), 1, MOST_NODES) : 1;
    }
}
