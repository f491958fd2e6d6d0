package io.inquest.crash.report.dump;

import io.inquest.crash.report.Fact;
import io.inquest.kernel.Kernel;
import io.inquest.output.ByteSize;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/// Where the memory was, by the kernel's own counters; each CPU's last few changes may not be in them yet.
///
/// | Counter                       | Is                                                       |
/// |-------------------------------|----------------------------------------------------------|
/// | `_totalram_pages` (from 5.0), `totalram_pages` | pages that the kernel manages           |
/// | `vm_zone_stat[NR_…]`          | one word for each `enum zone_stat_item`, pages           |
/// | `vm_node_stat[NR_…]`          | one word for each `enum node_stat_item`, pages           |
///
/// Source: mm/vmstat.c, include/linux/mmzone.h.
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
        OptionalLong total = word("_totalram_pages", 0);
        add("total", total.isPresent() ? total : word("totalram_pages", 0));
        add("free", counter("vm_zone_stat", "NR_FREE_PAGES"));
        add("anonymous", sum("NR_ACTIVE_ANON", "NR_INACTIVE_ANON"));
        add("files", sum("NR_ACTIVE_FILE", "NR_INACTIVE_FILE"));
        add("shared", counter("vm_node_stat", "NR_SHMEM"));
        add("slab, can be reclaimed", either("NR_SLAB_RECLAIMABLE_B", "NR_SLAB_RECLAIMABLE"));
        add("slab, cannot", either("NR_SLAB_UNRECLAIMABLE_B", "NR_SLAB_UNRECLAIMABLE"));
        add("page tables", counter("vm_node_stat", "NR_PAGETABLE"));
        add("dirty", counter("vm_node_stat", "NR_FILE_DIRTY"));
        add("being written", counter("vm_node_stat", "NR_WRITEBACK"));
        return facts;
    }

    private void add(String name, OptionalLong pages) {
        if (pages.isPresent() && pages.getAsLong() >= 0) {
            long bytes = pages.getAsLong() << kernel.machine().pageShift();
            facts.add(new Fact(name, ByteSize.format(bytes)));
        }
    }

    private OptionalLong sum(String first, String second) throws IOException {
        OptionalLong a = counter("vm_node_stat", first);
        OptionalLong b = counter("vm_node_stat", second);
        return a.isPresent() && b.isPresent() ? OptionalLong.of(a.getAsLong() + b.getAsLong()) : OptionalLong.empty();
    }

    /// The counters of slabs count bytes in name since 5.9, and pages in fact.
    private OptionalLong either(String newer, String older) throws IOException {
        OptionalLong found = counter("vm_node_stat", newer);
        return found.isPresent() ? found : counter("vm_node_stat", older);
    }

    private OptionalLong counter(String array, String enumerator) throws IOException {
        OptionalLong index = kernel.types().enumerator(enumerator);
        return index.isEmpty() ? OptionalLong.empty() : word(array, index.getAsLong());
    }

    private OptionalLong word(String symbol, long index) throws IOException {
        OptionalLong address = kernel.symbols().address(symbol);
        return address.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(kernel.space()
                        .readWord(address.getAsLong() + index * kernel.machine().wordBytes()));
    }
}
