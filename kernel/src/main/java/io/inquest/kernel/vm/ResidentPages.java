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
    private final Map<Long, Count> ofThreads;

    /// Resident pages of one address space.
    ///
    /// @param pages how many, without the parts that cannot be read
    /// @param lost why the part of a CPU or thread cannot be read, a few dozen pages at most
    public record Count(long pages, Optional<MemoryFault> lost) {

        private static final Count NONE = new Count(0, Optional.empty());

        private Count and(Count other) {
            return new Count(pages + other.pages, lost.or(other::lost));
        }

        private static Count of(long pages) {
            return new Count(pages, Optional.empty());
        }

        private static Count lost(MemoryFault why) {
            return new Count(0, Optional.of(why));
        }
    }

    private ResidentPages(Kernel kernel, Map<Long, Count> ofThreads) {
        this.kernel = kernel;
        this.ofThreads = ofThreads;
    }

    /// Looks at all tasks where each counts for itself.
    public static ResidentPages of(Kernel kernel) throws IOException {
        Map<Long, Count> ofThreads = new HashMap<>();
        boolean threadsCount = kernel.types()
                .findStruct("task_struct")
                .flatMap(type -> type.memberAt("rss_stat"))
                .isPresent();
        if (threadsCount) {
            for (Task task : kernel.tasks()) {
                try {
                    task.mm().ifPresent(mm -> ofThreads.merge(mm.address(), counted(task), Count::and));
                } catch (MemoryFault lost) {
                    // Whose memory it uses is not known; who asks for that task's will be told.
                }
            }
        }
        return new ResidentPages(kernel, ofThreads);
    }

    private static Count counted(Task task) {
        try {
            KernelObject counts = task.struct().member("rss_stat.count");
            long pages = 0;
            for (int kind : KINDS) {
                pages += kind < counts.length() ? counts.element(kind).signed() : 0;
            }
            return Count.of(pages);
        } catch (MemoryFault lost) {
            return Count.lost(lost);
        }
    }

    /// Those of a `struct mm_struct`, which several tasks may share.
    public Count of(KernelObject mm) throws IOException {
        Count count = ofThreads.getOrDefault(mm.address(), Count.NONE);
        KernelObject counters = mm.member("rss_stat");
        KernelObject counts = counters.find("count").orElse(counters);
        for (int kind : KINDS) {
            count = kind < counts.length() ? count.and(counted(counts.element(kind))) : count;
        }
        return new Count(Math.max(0, count.pages()), count.lost());
    }

    private Count counted(KernelObject counter) throws IOException {
        Optional<KernelObject> perCpu = counter.find("counters");
        if (perCpu.isEmpty()) {
            return Count.of(counter.member("counter").signed());
        }
        Count sum = Count.of(counter.member("count").signed());
        for (Cpu cpu : kernel.cpus()) {
            try {
                long address = kernel.perCpu().address(perCpu.get().unsigned(), cpu.number());
                sum = sum.and(Count.of(kernel.space().readInt(address)));
            } catch (MemoryFault lost) {
                sum = sum.and(Count.lost(lost));
            }
        }
        return sum;
    }
}
