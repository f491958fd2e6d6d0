package io.inquest.kernel.vm;

import io.inquest.dump.MemoryFault;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.object.KernelObject;
import io.inquest.kernel.task.Cpu;
import io.inquest.kernel.task.Task;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// How many pages of address spaces are in memory, as the kernel counts them: of files, anonymous and shared.
///
/// | Since  | Where                                                                            | Changed by   |
/// |--------|----------------------------------------------------------------------------------|--------------|
/// | 6.2    | `mm.rss_stat[]`, per-CPU counters: a sum, and what each CPU has yet to add to it | f1a7941243c1 |
/// | 2.6.34 | `mm.rss_stat.count[]`, and what each thread has yet to add, its own `rss_stat`   | 34e55232e59f |
public final class ResidentPages {

    /// `MM_FILEPAGES`, `MM_ANONPAGES`, `MM_SHMEMPAGES` (since 4.5) of `include/linux/mm_types_task.h`.
    private static final int[] KINDS = {0, 1, 3};

    private final Kernel kernel;
    private final Map<Long, Long> ofThreads;

    private ResidentPages(Kernel kernel, Map<Long, Long> ofThreads) {
        this.kernel = kernel;
        this.ofThreads = ofThreads;
    }

    /// Looks at all tasks where each counts for itself.
    public static ResidentPages of(Kernel kernel) throws IOException {
        Map<Long, Long> ofThreads = new HashMap<>();
        boolean threadsCount = kernel.types()
                .findStruct("task_struct")
                .flatMap(type -> type.memberAt("rss_stat"))
                .isPresent();
        if (threadsCount) {
            for (Task task : kernel.tasks()) {
                try {
                    task.mm().ifPresent(mm -> ofThreads.merge(mm.address(), counted(task), Long::sum));
                } catch (MemoryFault lost) {
                    // Its part is at most a few dozen pages.
                }
            }
        }
        return new ResidentPages(kernel, ofThreads);
    }

    private static long counted(Task task) {
        KernelObject counts = task.struct().member("rss_stat.count");
        long pages = 0;
        for (int kind : KINDS) {
            pages += kind < counts.length() ? counts.element(kind).signed() : 0;
        }
        return pages;
    }

    /// Those of a `struct mm_struct`, which several tasks may share.
    public long of(KernelObject mm) throws IOException {
        long pages = ofThreads.getOrDefault(mm.address(), 0L);
        KernelObject counters = mm.member("rss_stat");
        KernelObject counts = counters.find("count").orElse(counters);
        for (int kind : KINDS) {
            pages += kind < counts.length() ? counted(counts.element(kind)) : 0;
        }
        return Math.max(0, pages);
    }

    private long counted(KernelObject counter) throws IOException {
        Optional<KernelObject> perCpu = counter.find("counters");
        if (perCpu.isEmpty()) {
            return counter.member("counter").signed();
        }
        long sum = counter.member("count").signed();
        for (Cpu cpu : kernel.cpus()) {
            try {
                sum += kernel.space()
                        .readInt(kernel.perCpu().address(perCpu.get().unsigned(), cpu.number()));
            } catch (MemoryFault lost) {
                // A CPU's part is at most a few dozen pages.
            }
        }
        return sum;
    }
}
