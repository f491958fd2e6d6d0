package io.inquest.cli.dump;

import io.inquest.dump.Dump;
import io.inquest.dump.Dumps;
import io.inquest.dump.MemoryFault;
import io.inquest.dump.PfnRange;
import io.inquest.dump.Warnings;
import io.inquest.dump.salvage.SalvageReport;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.page.PageMap;
import io.inquest.kernel.page.Rule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What the lost pages held, as far as the kernel's struct pages were saved and tell.
///
/// @param pages number of lost pages by class; `unknown` where the struct page is lost too
record LostClasses(Map<String, Long> pages) {

    /// More frames are not asked for: it is to give an idea.
    private static final long MOST_FRAMES = 1 << 20;

    static final String UNKNOWN = "unknown";

    static LostClasses of(Path saved, SalvageReport report) {
        Map<String, Long> pages = new TreeMap<>();
        if (report.lost() > 0) {
            try (Dump dump = Dumps.open(List.of(saved), Warnings.NONE)) {
                count(dump, report, pages);
            } catch (IOException | MemoryFault notUnderstood) {
                pages.clear();
            }
        }
        return new LostClasses(pages);
    }

    private static void count(Dump dump, SalvageReport report, Map<String, Long> pages) throws IOException {
        PageMap map = PageMap.open(Kernel.open(dump, Warnings.NONE), Warnings.NONE);
        long asked = 0;
        for (PfnRange range : report.lostFrames()) {
            for (long pfn = range.startPfn(); pfn < range.endPfn() && asked < MOST_FRAMES; pfn++, asked++) {
                pages.merge(classOf(map, pfn), 1L, Long::sum);
            }
        }
    }

    private static String classOf(PageMap map, long pfn) throws IOException {
        try {
            Rule rule = map.describe(pfn).rule();
            return rule == Rule.UNREADABLE ? UNKNOWN : rule.pageClass().label();
        } catch (MemoryFault lostStructPage) {
            return UNKNOWN;
        }
    }
}
