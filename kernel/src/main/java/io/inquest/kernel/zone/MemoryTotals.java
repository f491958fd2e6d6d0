package io.inquest.kernel.zone;

import io.inquest.kernel.Kernel;
import io.inquest.kernel.object.KernelList;
import io.inquest.kernel.object.KernelObject;
import io.inquest.kernel.object.Walk;
import io.inquest.kernel.object.WalkEnd;
import io.inquest.kernel.type.StructType;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// What all memory is used for, as `/proc/meminfo` adds it up (`fs/proc/meminfo.c`), in pages.
///
/// @param total pages that the allocator manages
/// @param free pages on free lists
/// @param buffers page cache of the block devices that were found
/// @param buffersEnd how the way along the block devices ended: unless it is complete there are more buffers
/// @param cached page cache of files and shared memory, with the buffers that were not found
/// @param slab pages of slab caches
/// @param huge pages in the pools of huge pages, `hugeFree` those that nobody has
/// @param swap pages of swap areas, `swapFree` those that hold nothing
/// @param commitLimit pages that may be promised to tasks when overcommitting is forbidden
/// @param committed pages that are promised
public record MemoryTotals(
        long total,
        long free,
        long buffers,
        WalkEnd buffersEnd,
        long cached,
        long slab,
        long huge,
        long hugeFree,
        long swap,
        long swapFree,
        long commitLimit,
        long committed) {

    private static final long PAGE_KIB = 4;

    /// Page cache of block devices, and whether those are all.
    private record Buffers(long pages, WalkEnd end) {}

    public long used() {
        return total - free;
    }

    public static MemoryTotals of(Kernel kernel) throws IOException {
        Counters counters = new Counters(kernel);
        long total = number(kernel, "_totalram_pages", "totalram_pages");
        Buffers buffers = blockDevicePages(kernel);
        long huge = 0;
        long hugeFree = 0;
        for (HugePages pool : HugePages.of(kernel)) {
            huge += pool.total() << pool.order();
            hugeFree += pool.free() << pool.order();
        }
        long swapCached = counters.value("NR_SWAPCACHE").orElse(0);
        long cached = counters.value("NR_FILE_PAGES").orElse(0) - swapCached - buffers.pages();
        long swap = number(kernel, "total_swap_pages");
        return new MemoryTotals(
                total,
                counters.value("NR_FREE_PAGES").orElse(0),
                buffers.pages(),
                buffers.end(),
                Math.max(0, cached),
                slab(counters),
                huge,
                hugeFree,
                swap,
                Math.min(swap, number(kernel, "nr_swap_pages")),
                commitLimit(kernel, total - huge, swap),
                committed(kernel));
    }

    /// Since 5.9 (d42f3245c7e2) the two counters are of nodes and may be exported in bytes, but are kept in
    /// pages.
    private static long slab(Counters counters) throws IOException {
        long reclaimable =
                counters.value("NR_SLAB_RECLAIMABLE_B", "NR_SLAB_RECLAIMABLE").orElse(0);
        long other = counters.value("NR_SLAB_UNRECLAIMABLE_B", "NR_SLAB_UNRECLAIMABLE")
                .orElse(0);
        return reclaimable + other;
    }

    /// The first of the variables that the kernel has; 0 if it has none.
    private static long number(Kernel kernel, String... names) throws IOException {
        for (String name : names) {
            Optional<KernelObject> variable = kernel.findObject(name);
            if (variable.isPresent()) {
                return Math.max(0, Counter.value(variable.get()));
            }
        }
        return 0;
    }

    /// `nr_blockdev_pages`: the inodes of the file system of block devices since 5.11 (0f5a2f5fd0ba), the list
    /// of block devices before.
    private static Buffers blockDevicePages(Kernel kernel) throws IOException {
        Optional<KernelObject> superBlock = kernel.findObject("blockdev_superblock");
        if (superBlock.isEmpty()) {
            return new Buffers(0, new WalkEnd.Fault("this kernel has no blockdev_superblock"));
        }
        StructType inode = kernel.types().struct("inode");
        KernelObject inodes = superBlock.get().dereference().member("s_inodes");
        long pages = 0;
        Walk<KernelObject> walk = KernelList.entries(inodes, inode, "i_sb_list");
        for (KernelObject each : walk) {
            pages += each.member("i_data.nrpages").unsigned();
        }
        return new Buffers(pages, walk.end());
    }

    /// `vm_commit_limit` (`mm/util.c`).
    private static long commitLimit(Kernel kernel, long usable, long swap) throws IOException {
        long kibibytes = number(kernel, "sysctl_overcommit_kbytes");
        long allowed = kibibytes != 0 ? kibibytes / PAGE_KIB : usable * number(kernel, "sysctl_overcommit_ratio") / 100;
        return allowed + swap;
    }

    private static long committed(Kernel kernel) throws IOException {
        Optional<KernelObject> counter = kernel.findObject("vm_committed_as");
        return counter.isEmpty() ? 0 : Math.max(0, sum(kernel, counter.get()));
    }

    /// A `struct percpu_counter` with what the CPUs have not added yet.
    private static long sum(Kernel kernel, KernelObject counter) throws IOException {
        long sum = Counter.value(counter.member("count"));
        Optional<KernelObject> perCpu = counter.find("counters");
        List<Integer> cpus =
                perCpu.isEmpty() ? List.of() : kernel.perCpu().possible().cpus();
        for (int cpu : cpus) {
            sum += kernel.perCpu().of(perCpu.get().dereference(), cpu).signed();
        }
        return sum;
    }
}
