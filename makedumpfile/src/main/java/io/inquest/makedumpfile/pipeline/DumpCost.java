package io.inquest.makedumpfile.pipeline;

import io.inquest.kernel.page.PageClass;
import io.inquest.makedumpfile.pipeline.PackingTrial.Cost;

/// What a whole dump costs, from what a sample of the pages of each class cost.
final class DumpCost {

    private static final int ZERO_LEVEL = 1;

    /// What it takes the system to take a byte into its page cache; nobody can know how fast the disk behind it is.
    private static final double TARGET_NANOS_PER_BYTE = 0.3;

    private final FilterResult filter;
    private final Cost[] sampled;
    private final Cost zeros;
    private final double processorShare;
    private final int threads;

    /// What the pages of a dump come to.
    ///
    /// @param described pages that have a descriptor, those that share the page of zeros too
    /// @param pages pages that have contents of their own
    /// @param bytes of these contents as they are stored
    /// @param nanos from the first page to the last
    record Sum(long described, long pages, long bytes, long nanos) {}

    /// @param sampled by class code, of pages of the class
    /// @param zeros of pages full of zeros that are packed like others
    /// @param processorShare of the time that these took
    DumpCost(FilterResult filter, Cost[] sampled, Cost zeros, double processorShare, int threads) {
        this.filter = filter;
        this.sampled = sampled;
        this.zeros = zeros;
        this.processorShare = processorShare;
        this.threads = threads;
    }

    /// The cost at a dump level.
    Sum at(int level) {
        long described = 0;
        double pages = 0;
        double bytes = 0;
        double work = 0;
        double write = 0;
        for (PageClass pageClass : PageClass.values()) {
            long frames = filter.tally().held(pageClass);
            Cost cost = sampled[pageClass.code()];
            if (frames == 0 || cost.pages() == 0 || isLeftOut(pageClass, level)) {
                continue;
            }
            double scale = (double) frames / cost.pages();
            described += frames;
            pages += scale * (cost.pages() - cost.zeroPages());
            bytes += scale * cost.bytes();
            work += scale * cost.workNanos();
            write += scale * cost.writeNanos();
            if ((level & ZERO_LEVEL) == 0) {
                double zeroPages = scale * cost.zeroPages();
                pages += zeroPages;
                bytes += zeroPages * zeros.bytes() / zeros.pages();
                work += zeroPages * zeros.workNanos() / zeros.pages();
            }
        }
        work *= processorShare;
        write = write * processorShare + bytes * TARGET_NANOS_PER_BYTE;
        return new Sum(described, Math.round(pages), Math.round(bytes), Math.round(together(work, write)));
    }

    private boolean isLeftOut(PageClass pageClass, int level) {
        boolean asked = pageClass.excludedAt(level) || pageClass == PageClass.VMEMMAP;
        return asked && filter.selection().leavesOut(pageClass.code());
    }

    /// Workers and the writer share the processors; whoever has most to do alone is waited for.
    private double together(double work, double write) {
        if (threads <= 1) {
            return work + write;
        }
        double shared = (work + write) / Runtime.getRuntime().availableProcessors();
        return Math.max(shared, Math.max(work / threads, write));
    }
}
