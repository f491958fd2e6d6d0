package io.inquest.crash.report.dump;

import io.inquest.crash.report.DumpFacts;
import io.inquest.crash.report.Fact;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.zone.Counters;
import io.inquest.kernel.zone.MemoryTotals;
import io.inquest.output.ByteSize;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Where the memory was, by the kernel's own counters; each CPU's last few changes may not be in them yet.
final class MemorySummary {

    private final Kernel kernel;
    private final List<Fact> facts = new ArrayList<>();

    private MemorySummary(Kernel kernel) {
        this.kernel = kernel;
    }

    static List<Fact> of(Kernel kernel) throws IOException {
        return new MemorySummary(kernel).facts();
    }

    private List<Fact> facts() throws IOException {
        MemoryTotals totals = MemoryTotals.of(kernel);
        Counters all = new Counters(kernel);
        Map<String, Long> counters = new HashMap<>(all.zones());
        counters.putAll(all.nodes());
        add("total", totals.total());
        add("free", totals.free());
        add("anonymous", sum(counters, "NR_ACTIVE_ANON", "NR_INACTIVE_ANON"));
        add("files", sum(counters, "NR_ACTIVE_FILE", "NR_INACTIVE_FILE"));
        add("shared", sum(counters, "NR_SHMEM"));
        add("slab, can be reclaimed", sum(counters, "NR_SLAB_RECLAIMABLE_B", "NR_SLAB_RECLAIMABLE"));
        add("slab, cannot", sum(counters, "NR_SLAB_UNRECLAIMABLE_B", "NR_SLAB_UNRECLAIMABLE"));
        add("page tables", sum(counters, "NR_PAGETABLE"));
        add("dirty", sum(counters, "NR_FILE_DIRTY"));
        add("being written", sum(counters, "NR_WRITEBACK"));
        add("huge pages", totals.huge());
        addTopConsumer(totals, counters);
        add("swap", totals.swap());
        add("swap, used", totals.swap() - totals.swapFree());
        return facts;
    }

    /// Nothing is said of what there is none of, but of total and free.
    private void add(String name, long pages) {
        if (pages > 0 || facts.size() < 2) {
            facts.add(new Fact(
                    name, ByteSize.format(Math.max(0, pages) << kernel.machine().pageShift())));
        }
    }

    /// The one of them that has most of what is not free; what no counter covers counts as one, too.
    private void addTopConsumer(MemoryTotals totals, Map<String, Long> counters) {
        Map<String, Long> uses = new LinkedHashMap<>();
        uses.put("anonymous memory", sum(counters, "NR_ACTIVE_ANON", "NR_INACTIVE_ANON"));
        uses.put("files", sum(counters, "NR_ACTIVE_FILE", "NR_INACTIVE_FILE"));
        uses.put(
                "slab",
                sum(
                        counters,
                        "NR_SLAB_RECLAIMABLE_B",
                        "NR_SLAB_RECLAIMABLE",
                        "NR_SLAB_UNRECLAIMABLE_B",
                        "NR_SLAB_UNRECLAIMABLE"));
        uses.put("page tables", sum(counters, "NR_PAGETABLE"));
        uses.put("huge pages", totals.huge());
        long used = totals.total() - totals.free();
        long counted = uses.values().stream().mapToLong(Long::longValue).sum();
        uses.put("what no counter covers", Math.max(0, used - counted));
        uses.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .filter(most -> most.getValue() > 0 && used > 0)
                .ifPresent(most -> facts.add(new Fact(
                        DumpFacts.TOP_CONSUMER,
                        most.getKey() + ", " + bytes(most.getValue()) + " of " + bytes(used) + " in use")));
    }

    private String bytes(long pages) {
        return ByteSize.format(Math.max(0, pages) << kernel.machine().pageShift());
    }

    private static long sum(Map<String, Long> counters, String... names) {
        long sum = 0;
        for (String name : names) {
            sum += counters.getOrDefault(name, 0L);
        }
        return sum;
    }
}
