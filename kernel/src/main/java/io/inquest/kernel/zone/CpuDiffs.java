package io.inquest.kernel.zone;

import io.inquest.kernel.Kernel;
import io.inquest.kernel.object.KernelObject;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What CPUs have counted of zones and nodes but not added to the counters yet (`mm/vmstat.c`), one signed byte for
/// each CPU and counter.
///
/// | Of    | Member                                                        | Array              |
/// |-------|---------------------------------------------------------------|--------------------|
/// | zones | `zone.per_cpu_zonestats`; `zone.pageset` before 5.14          | `vm_stat_diff`     |
/// | nodes | `pglist_data.per_cpu_nodestats`, since 4.8                    | `vm_node_stat_diff` |
final class CpuDiffs {

    private final Kernel kernel;
    private final Counters counters;

    CpuDiffs(Kernel kernel, Counters counters) {
        this.kernel = kernel;
        this.counters = counters;
    }

    /// Summed up over all zones and CPUs, by the names of `enum zone_stat_item`.
    Map<String, Long> ofZones() throws IOException {
        Map<String, Long> sums = new LinkedHashMap<>();
        for (MemoryNode node : MemoryNodes.of(kernel)) {
            for (Zone zone : node.zones()) {
                Optional<KernelObject> perCpu = zone.struct()
                        .find("per_cpu_zonestats")
                        .or(() -> zone.struct().find("pageset"));
                // Zones without memory share a structure that only boot uses.
                if (zone.presentPages() != 0 && perCpu.isPresent()) {
                    add(perCpu.get(), "vm_stat_diff", "zone_stat_item", sums);
                }
            }
        }
        return sums;
    }

    /// Summed up over all nodes and CPUs, by the names of `enum node_stat_item`.
    Map<String, Long> ofNodes() throws IOException {
        Map<String, Long> sums = new LinkedHashMap<>();
        for (MemoryNode node : MemoryNodes.of(kernel)) {
            Optional<KernelObject> perCpu = node.struct().find("per_cpu_nodestats");
            if (perCpu.isPresent() && !perCpu.get().isZero()) {
                add(perCpu.get(), "vm_node_stat_diff", "node_stat_item", sums);
            }
        }
        return sums;
    }

    private void add(KernelObject perCpu, String array, String enumeration, Map<String, Long> sums) throws IOException {
        for (int cpu : kernel.perCpu().possible().cpus()) {
            KernelObject diffs = kernel.perCpu().of(perCpu.dereference(), cpu).member(array);
            counters.named(diffs, List.of(enumeration)).forEach((name, diff) -> sums.merge(name, diff, Long::sum));
        }
    }
}
