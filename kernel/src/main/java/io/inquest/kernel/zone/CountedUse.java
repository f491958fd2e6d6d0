package io.inquest.kernel.zone;

import io.inquest.kernel.Kernel;
import io.inquest.kernel.Mapping;
import io.inquest.kernel.page.PageCensus;
import io.inquest.kernel.page.PageCensus.Use;
import io.inquest.kernel.page.PageMap;
import io.inquest.kernel.page.PageMarks;
import io.inquest.kernel.page.Rule;
import io.inquest.kernel.type.EnumType;
import io.inquest.kernel.type.TypeKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// A use of memory: how many pages the kernel counted, and how many there are by their struct pages.
///
/// | Name        | Counters (`include/linux/mmzone.h`)        | Struct pages                              |
/// |-------------|--------------------------------------------|-------------------------------------------|
/// | free        | `NR_FREE_PAGES`                            | buddy and unaccepted pages                |
/// | slab        | `NR_SLAB_RECLAIMABLE_B`, `NR_SLAB_UNRECLAIMABLE_B` | slab pages, large kmalloc()       |
/// | page table  | `NR_PAGETABLE`                             | their page type                           |
/// | anonymous   | `NR_ANON_MAPPED`                           | anonymous and mapped; large folios may be |
/// | anon LRU    | `NR_INACTIVE_ANON`, `NR_ACTIVE_ANON`       | `PG_lru` with `PG_swapbacked`             |
/// | file LRU    | `NR_INACTIVE_FILE`, `NR_ACTIVE_FILE`       | `PG_lru` without it                       |
/// | unevictable | `NR_UNEVICTABLE`                           | `PG_lru` with `PG_unevictable`            |
///
/// Slab counters had no `_B` before 5.9. KFENCE's slab pages are not counted. Where the kernel's types name no page
/// type for page tables, all types without another meaning are taken for it; where they name none for what
/// kmalloc() takes from the page allocator, any compound page without a mark may be that.
///
/// @param name what is counted
/// @param least frames that certainly are it
/// @param most those that may be it
/// @param counted what the kernel counted
/// @param tolerance how far that may be off, since CPUs stopped between using a page and counting it
public record CountedUse(String name, long least, long most, long counted, long tolerance) {

    /// Pages that one CPU may have in its hands at once: a batch of its lists (kernel: `PCP_BATCH` and
    /// `folio_batch`).
    private static final int BATCH = 64;

    private static final int TOP_BYTE = 24;

    /// `CONFIG_KFENCE_NUM_OBJECTS` is below this.
    private static final int MOST_KFENCE_PAGES = 1 << 16;

    /// By how many pages the counter is above what was found, below it if negative, 0 if they agree.
    public long difference() {
        if (counted > most + tolerance) {
            return counted - most;
        }
        return counted < least - tolerance ? counted - least : 0;
    }

    public boolean agrees() {
        return difference() == 0;
    }

    /// Asks the kernel's types, symbols and per-CPU areas, and looks at all struct pages; counters that this kernel
    /// lacks are left out.
    public static List<CountedUse> of(Kernel kernel, PageMap map) throws IOException {
        PageMarks marks = marks(kernel);
        PageCensus census = map.census(marks, kernel.memory().endPfn());
        Map<String, Long> counters = new Counters(kernel).exact();
        long tolerance = (long) BATCH * kernel.perCpu().possible().cpus().size() + census.lost();
        List<CountedUse> checks = new ArrayList<>();
        long kmalloc = marks.largeKmallocType() == 0 ? census.pages(Use.UNMARKED_COMPOUND) : 0;
        long slab = census.pages(Use.SLAB) + census.pages(Use.LARGE_KMALLOC) - kfencePages(kernel, map);
        long tables = census.pages(marks.tableType() == 0 ? Use.OTHER_TYPE : Use.PAGE_TABLE);
        long anonymous = census.pages(Use.MAPPED_ANON);
        add(checks, "free", census.pages(Use.FREE), 0, sum(counters, "NR_FREE_PAGES"), tolerance);
        add(checks, "slab", slab, kmalloc, slabCounter(counters), tolerance);
        add(checks, "page table", tables, 0, sum(counters, "NR_PAGETABLE"), tolerance);
        add(checks, "anonymous", anonymous, census.pages(Use.LARGE_ANON), sum(counters, "NR_ANON_MAPPED"), tolerance);
        OptionalLong anonLru = sum(counters, "NR_INACTIVE_ANON", "NR_ACTIVE_ANON");
        add(checks, "anon LRU", census.pages(Use.LRU_ANON), 0, anonLru, tolerance);
        OptionalLong fileLru = sum(counters, "NR_INACTIVE_FILE", "NR_ACTIVE_FILE");
        add(checks, "file LRU", census.pages(Use.LRU_FILE), 0, fileLru, tolerance);
        add(checks, "unevictable", census.pages(Use.UNEVICTABLE), 0, sum(counters, "NR_UNEVICTABLE"), tolerance);
        return checks;
    }

    private static void add(
            List<CountedUse> checks, String name, long found, long maybe, OptionalLong counted, long tolerance) {
        if (counted.isPresent()) {
            checks.add(new CountedUse(name, found, found + maybe, counted.getAsLong(), tolerance));
        }
    }

    private static OptionalLong slabCounter(Map<String, Long> counters) {
        OptionalLong slab = sum(counters, "NR_SLAB_RECLAIMABLE_B", "NR_SLAB_UNRECLAIMABLE_B");
        return slab.isPresent() ? slab : sum(counters, "NR_SLAB_RECLAIMABLE", "NR_SLAB_UNRECLAIMABLE");
    }

    private static OptionalLong sum(Map<String, Long> counters, String... names) {
        long sum = 0;
        for (String name : names) {
            Long value = counters.get(name);
            if (value == null) {
                return OptionalLong.empty();
            }
            sum += value;
        }
        return OptionalLong.of(sum);
    }

    /// KFENCE marks the pages of its pool as slab memory but does not count them (`mm/kfence/core.c`): every second
    /// page from the third on.
    private static long kfencePages(Kernel kernel, PageMap map) throws IOException {
        OptionalLong symbol = kernel.symbols().address("__kfence_pool");
        long pool = symbol.isEmpty() ? 0 : kernel.space().readWord(symbol.getAsLong());
        long pageBytes = kernel.memory().pageBytes();
        long pages = 0;
        while (pool != 0 && pages < MOST_KFENCE_PAGES) {
            long address = pool + (2 + 2 * pages) * pageBytes;
            boolean slab = kernel.space().translate(address, 1) instanceof Mapping.Mapped mapped
                    && map.describe(mapped.to() / pageBytes).rule() == Rule.SLAB;
            if (!slab) {
                break;
            }
            pages++;
        }
        return pages;
    }

    private static PageMarks marks(Kernel kernel) throws IOException {
        OptionalLong unevictable = enumerator(kernel, "pageflags", "PG_unevictable");
        return new PageMarks(
                unevictable.isPresent() ? 1L << unevictable.getAsLong() : 0,
                type(kernel, "table"),
                type(kernel, "large_kmalloc"));
    }

    /// Page types are numbers in the top byte since 6.12 (4ffca5a96678), and inverted bits in the enumeration of
    /// 6.10 (ff202303c398); before they were macros.
    private static int type(Kernel kernel, String name) throws IOException {
        OptionalLong number = enumerator(kernel, "pagetype", "PGTY_" + name);
        if (number.isPresent()) {
            return (int) number.getAsLong() << TOP_BYTE;
        }
        OptionalLong bit = enumerator(kernel, "pagetype", "PG_" + name);
        return bit.isPresent() ? ~(int) bit.getAsLong() : 0;
    }

    private static OptionalLong enumerator(Kernel kernel, String tag, String name) throws IOException {
        return kernel.types().named(TypeKind.ENUM, tag).stream()
                .filter(EnumType.class::isInstance)
                .flatMap(type -> ((EnumType) type).enumerators().stream())
                .filter(each -> each.name().equals(name))
                .mapToLong(EnumType.Enumerator::value)
                .findFirst();
    }
}
