package io.inquest.kernel.slab;

import io.inquest.dump.MemoryFault;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.object.KernelList;
import io.inquest.kernel.object.KernelObject;
import io.inquest.kernel.object.Walk;
import io.inquest.kernel.object.WalkEnd;
import io.inquest.kernel.type.StructType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Finds the sheaves of a cache: up to three of each CPU (`struct slub_percpu_sheaves`), and those in the barn
/// of each node (`struct node_barn`), of which the full ones hold objects.
final class Sheaves {

    /// Far more objects than a sheaf has, which is a few pages at most.
    private static final long MOST_OBJECTS = 1 << 16;

    private static final List<String> OF_A_CPU = List.of("main", "spare", "rcu_free");

    private final Kernel kernel;
    private final KernelObject cache;
    private final long nodes;
    private final List<Sheaf> found = new ArrayList<>();
    private WalkEnd end = new WalkEnd.Complete();

    Sheaves(Kernel kernel, SlabCache cache, long nodes) {
        this.kernel = kernel;
        this.cache = cache.struct();
        this.nodes = nodes;
    }

    List<Sheaf> all() throws IOException {
        Optional<StructType> type = kernel.types().findStruct("slab_sheaf");
        Optional<KernelObject> perCpu = cache.find("cpu_sheaves");
        if (type.isEmpty() || perCpu.isEmpty() || perCpu.get().isZero()) {
            return List.of();
        }
        for (int cpu : kernel.perCpu().possible().cpus()) {
            KernelObject own = kernel.perCpu().of(perCpu.get().dereference(), cpu);
            for (String name : OF_A_CPU) {
                own.find(name).ifPresent(pointer -> add(pointer, "cpu " + cpu + " " + name));
            }
        }
        for (int node = 0; node < nodes; node++) {
            KernelObject barn = barn(node);
            if (!barn.isZero()) {
                addFull(barn.dereference(), type.get(), node);
            }
        }
        return found;
    }

    /// Why there may be more free objects than those of the sheaves that were found; complete if there are not.
    WalkEnd end() {
        return end;
    }

    /// Until 7.1 a member of `struct kmem_cache_node`.
    private KernelObject barn(int node) {
        Optional<KernelObject> pairs = cache.find("per_node");
        return pairs.isPresent()
                ? pairs.get().element(node).member("barn")
                : cache.member("node").element(node).dereference().member("barn");
    }

    private void addFull(KernelObject barn, StructType type, int node) {
        Walk<KernelObject> full = KernelList.entries(barn.member("sheaves_full"), type, "barn_list");
        for (KernelObject sheaf : full) {
            add(sheaf, "node " + node);
        }
        end = end.isComplete() ? full.end() : end;
    }

    private void add(KernelObject pointerOrSheaf, String holder) {
        KernelObject sheaf =
                pointerOrSheaf.type().plain() instanceof StructType ? pointerOrSheaf : pointerOrSheaf.dereference();
        if (sheaf.address() == 0) {
            return;
        }
        OptionalLong size = OptionalLong.empty();
        List<Long> objects = new ArrayList<>();
        try {
            size = OptionalLong.of(Math.min(sheaf.member("size").unsigned(), MOST_OBJECTS));
            for (long i = 0; i < size.getAsLong(); i++) {
                objects.add(sheaf.member("objects").element(i).unsigned());
            }
        } catch (MemoryFault unreadable) {
            // The addresses that are there are told. Without the size, the free objects cannot be counted.
            if (size.isEmpty() && end.isComplete()) {
                end = new WalkEnd.Fault(unreadable.getMessage());
            }
        }
        found.add(new Sheaf(sheaf.address(), holder, size, objects));
    }
}
