package io.inquest.kernel.zone;

import io.inquest.kernel.Kernel;
import io.inquest.kernel.object.KernelObject;
import io.inquest.kernel.type.EnumType;
import io.inquest.kernel.type.TypeKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// The kernel's counters of memory events and states by the names of their enumerators (`mm/vmstat.c`).
///
/// | What           | Global array                                    | Names                         |
/// |----------------|-------------------------------------------------|-------------------------------|
/// | zones together | `vm_zone_stat`; `vm_stat` before 4.8            | `enum zone_stat_item`         |
/// | nodes together | `vm_node_stat`, since 4.8                       | `enum node_stat_item`         |
/// | NUMA           | `vm_numa_event`; `vm_numa_stat` before 5.14     | `enum numa_stat_item`         |
/// | events         | `vm_event_states`, one array for each CPU       | `enum vm_event_item`          |
///
/// The arrays lack what each CPU has not added yet, at most 125; [#exact] has it.
public final class Counters {

    private static final List<String> NUMA_NAMES = List.of("numa_event_item", "numa_stat_item");

    private final Kernel kernel;

    public Counters(Kernel kernel) {
        this.kernel = kernel;
    }

    /// Of all zones.
    public Map<String, Long> zones() throws IOException {
        return global(List.of("vm_zone_stat", "vm_stat"), List.of("zone_stat_item"));
    }

    /// Of all nodes; empty in kernels that count by zones only.
    public Map<String, Long> nodes() throws IOException {
        return global(List.of("vm_node_stat"), List.of("node_stat_item"));
    }

    /// Of NUMA; empty in kernels without it.
    public Map<String, Long> numa() throws IOException {
        return global(List.of("vm_numa_event", "vm_numa_stat"), NUMA_NAMES);
    }

    /// Of events, summed up over all CPUs.
    public Map<String, Long> events() throws IOException {
        Map<String, Long> sums = new LinkedHashMap<>();
        if (kernel.symbols().address("vm_event_states").isEmpty()) {
            return sums;
        }
        for (int cpu : kernel.perCpu().possible().cpus()) {
            KernelObject events =
                    kernel.perCpu("vm_event_states", cpu).member("event").loadedIfReadable();
            named(events, List.of("vm_event_item")).forEach((name, value) -> sums.merge(name, value, Long::sum));
        }
        return sums;
    }

    /// Of one zone.
    public Map<String, Long> of(Zone zone) throws IOException {
        return named(zone.counters(), List.of("zone_stat_item"));
    }

    /// Counters of zones and nodes with what the CPUs have not added yet (`vm_stat_diff`, `vm_node_stat_diff`).
    ///
    /// Fails with a [io.inquest.dump.MemoryFault] where the dump lacks that.
    public Map<String, Long> exact() throws IOException {
        Map<String, Long> all = new LinkedHashMap<>(zones());
        all.putAll(nodes());
        CpuDiffs diffs = new CpuDiffs(kernel, this);
        diffs.ofZones().forEach((name, diff) -> all.merge(name, diff, Long::sum));
        diffs.ofNodes().forEach((name, diff) -> all.merge(name, diff, Long::sum));
        return all;
    }

    /// The value of a counter of zones or nodes, by the first of the names that the kernel has.
    public OptionalLong value(String... names) throws IOException {
        Map<String, Long> zones = zones();
        Map<String, Long> nodes = nodes();
        for (String name : names) {
            Long value = zones.getOrDefault(name, nodes.get(name));
            if (value != null) {
                return OptionalLong.of(value);
            }
        }
        return OptionalLong.empty();
    }

    private Map<String, Long> global(List<String> symbols, List<String> enumerations) throws IOException {
        for (String symbol : symbols) {
            if (kernel.symbols().address(symbol).isPresent()) {
                return named(kernel.object(symbol).loadedIfReadable(), enumerations);
            }
        }
        return Map.of();
    }

    /// Elements of an array under the names of their indices. Of several names for one index the last is the
    /// counter's, those before mark the start of a group (`NR_LRU_BASE`); the one behind the array is its
    /// length.
    Map<String, Long> named(KernelObject array, List<String> enumerations) throws IOException {
        String[] names = new String[(int) Math.min(array.length(), 1024)];
        for (EnumType.Enumerator each : enumerators(enumerations)) {
            if (each.value() >= 0 && each.value() < names.length) {
                names[(int) each.value()] = each.name();
            }
        }
        Map<String, Long> values = new LinkedHashMap<>();
        for (int i = 0; i < names.length; i++) {
            if (names[i] != null) {
                values.put(names[i], Counter.value(array.element(i)));
            }
        }
        return values;
    }

    private List<EnumType.Enumerator> enumerators(List<String> enumerations) throws IOException {
        List<EnumType.Enumerator> all = new ArrayList<>();
        for (String tag : enumerations) {
            Optional<EnumType> type = kernel.types().named(TypeKind.ENUM, tag).stream()
                    .filter(EnumType.class::isInstance)
                    .map(EnumType.class::cast)
                    .findFirst();
            if (type.isPresent()) {
                all.addAll(type.get().enumerators());
                break;
            }
        }
        return all;
    }
}
