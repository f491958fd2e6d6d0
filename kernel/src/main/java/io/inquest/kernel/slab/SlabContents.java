package io.inquest.kernel.slab;

import io.inquest.dump.MemoryFault;
import io.inquest.kernel.Hex;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.object.KernelList;
import io.inquest.kernel.object.KernelObject;
import io.inquest.kernel.object.Walk;
import io.inquest.kernel.object.WalkEnd;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;

/// Where the slabs and free objects of one cache are.
///
/// | Since | A CPU has                                                                          |
/// |-------|------------------------------------------------------------------------------------|
/// | 2.6.22 | one slab, and the chain of free objects that it took from it                      |
/// | 3.2   | also a chain of partial slabs (49e2258586b4)                                       |
/// | 6.18  | sheaves, arrays of free objects, for caches that ask for them (2d517aa09bbc)       |
/// | 7.0   | nothing but sheaves: `struct kmem_cache_cpu` is gone                               |
///
/// A node has partial slabs in all of them, since 6.18 also a barn of sheaves.
public final class SlabContents {

    /// Longer chains of partial slabs no CPU has.
    private static final int MOST_PARTIAL = 4096;

    /// `MAX_NUMNODES` is at most 1 << 10.
    private static final long MOST_NODES = 1024;

    private final Kernel kernel;
    private final SlabCaches caches;
    private final SlabCache cache;
    private final KernelObject struct;

    SlabContents(Kernel kernel, SlabCaches caches, SlabCache cache) {
        this.kernel = kernel;
        this.caches = caches;
        this.cache = cache;
        this.struct = cache.struct();
    }

    /// What each CPU has; empty in kernels whose CPUs have sheaves only.
    public List<CpuSlabs> cpus() throws IOException {
        Optional<KernelObject> perCpu = struct.find("cpu_slab");
        List<CpuSlabs> all = new ArrayList<>();
        if (perCpu.isPresent() && !perCpu.get().isZero()) {
            for (int cpu : kernel.perCpu().possible().cpus()) {
                all.add(cpu(
                        cpu, kernel.perCpu().of(perCpu.get().dereference(), cpu).loadedIfReadable()));
            }
        }
        return all;
    }

    private CpuSlabs cpu(int number, KernelObject own) throws IOException {
        List<Slab> partial = new ArrayList<>();
        WalkEnd end = new WalkEnd.Complete();
        Optional<KernelObject> chain = own.find("partial");
        if (chain.isPresent()) {
            end = partialChain(chain.get().unsigned(), partial);
        }
        long active = own.firstOf("slab", "page").unsigned();
        Optional<Slab> slab = active == 0 ? Optional.empty() : caches.slab(cache, active);
        List<Long> cached = List.of();
        if (slab.isPresent()) {
            Freelist list = Freelist.from(slab.get(), own.member("freelist").unsigned());
            Slab in = slab.get();
            cached = list.free().stream().mapToObj(in::object).toList();
            end = end.isComplete() ? list.end() : end;
        }
        return new CpuSlabs(number, own.address(), slab, cached, partial, end);
    }

    /// A chain by the member `next` of the slabs.
    private WalkEnd partialChain(long first, List<Slab> into) throws IOException {
        Set<Long> passed = new HashSet<>();
        for (long at = first; at != 0; ) {
            if (!passed.add(at)) {
                return new WalkEnd.Loop(at);
            }
            Optional<Slab> slab = caches.slab(cache, at);
            if (slab.isEmpty() || passed.size() > MOST_PARTIAL) {
                return new WalkEnd.Fault(
                        "the chain of partial slabs of a CPU leads to " + Hex.of(at) + ", which is no struct page");
            }
            into.add(slab.get());
            try {
                at = slab.get().struct().member("next").unsigned();
            } catch (MemoryFault fault) {
                return new WalkEnd.Fault(fault.getMessage());
            }
        }
        return new WalkEnd.Complete();
    }

    /// What each memory node has.
    public List<NodeSlabs> nodes() throws IOException {
        List<NodeSlabs> all = new ArrayList<>();
        for (int node = 0; node < nodeCount(); node++) {
            KernelObject pointer = perNode(node);
            if (!pointer.isZero()) {
                all.add(node(node, pointer.dereference().loadedIfReadable()));
            }
        }
        return all;
    }

    /// The array is declared longer than it is: as many elements as the machine has nodes are there.
    private long nodeCount() throws IOException {
        boolean counted = kernel.symbols().address("nr_node_ids").isPresent();
        return counted ? Math.min(kernel.object("nr_node_ids").unsigned(), MOST_NODES) : 1;
    }

    /// Since 7.1 the pointers to a node's slabs and to its barn are members of one struct.
    private KernelObject perNode(int node) {
        Optional<KernelObject> pairs = struct.find("per_node");
        return pairs.isPresent()
                ? pairs.get().element(node).member("node")
                : struct.member("node").element(node);
    }

    private NodeSlabs node(int number, KernelObject own) throws IOException {
        List<Slab> partial = new ArrayList<>();
        String link = caches.slabType().memberAt("slab_list").isPresent() ? "slab_list" : "lru";
        Walk<KernelObject> list = KernelList.entries(own.member("partial"), caches.slabType(), link);
        for (KernelObject each : list) {
            Optional<Slab> slab = caches.slab(cache, each.address());
            if (slab.isEmpty()) {
                break;
            }
            partial.add(slab.get());
        }
        return new NodeSlabs(
                number, own.address(), counter(own, "nr_slabs"), counter(own, "total_objects"), partial, list.end());
    }

    /// 0 in kernels that do not count slabs (without `CONFIG_SLUB_DEBUG`).
    private static long counter(KernelObject node, String name) {
        return node.find(name + ".counter").map(KernelObject::signed).orElse(0L);
    }

    /// The sheaves of all CPUs and nodes; empty in kernels without them.
    public List<Sheaf> sheaves() throws IOException {
        return new Sheaves(kernel, cache, nodeCount()).all();
    }

    /// How full the cache is. May throw a [MemoryFault] when it cannot be known.
    public SlabUsage usage() throws IOException {
        long slabs = 0;
        long objects = 0;
        long free = 0;
        WalkEnd end = new WalkEnd.Complete();
        for (NodeSlabs node : nodes()) {
            slabs += node.slabs();
            objects += node.objects();
            free += freeIn(node.partial());
            end = first(end, node.end());
        }
        for (CpuSlabs cpu : cpus()) {
            free += cpu.cached().size()
                    + freeIn(cpu.partial())
                    + cpu.active().map(Slab::free).orElse(0);
            end = first(end, cpu.end());
        }
        Sheaves sheaves = new Sheaves(kernel, cache, nodeCount());
        for (Sheaf sheaf : sheaves.all()) {
            free += sheaf.size().orElse(0);
        }
        return new SlabUsage(slabs, objects, free, first(end, sheaves.end()));
    }

    /// The first of the two that is not complete, if there is one.
    private static WalkEnd first(WalkEnd one, WalkEnd other) {
        return one.isComplete() ? other : one;
    }

    private static long freeIn(List<Slab> slabs) {
        return slabs.stream().mapToLong(Slab::free).sum();
    }

    /// Whether an object of one of its slabs is in use.
    SlabObject.State state(Slab slab, int index) throws IOException {
        if (SlabCaches.free(slab).get(index)) {
            return SlabObject.State.FREE;
        }
        return cached().anyMatch(object -> slab.indexOf(object) == index)
                ? SlabObject.State.CACHED
                : SlabObject.State.ALLOCATED;
    }

    /// The free objects that are on no slab's own list.
    private LongStream cached() throws IOException {
        List<Long> all = new ArrayList<>();
        cpus().forEach(cpu -> all.addAll(cpu.cached()));
        sheaves().forEach(sheaf -> all.addAll(sheaf.objects()));
        return all.stream().mapToLong(Long::longValue);
    }
}
