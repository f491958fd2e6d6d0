package io.inquest.crash.report.dump;

import io.inquest.crash.report.ProcessMemory;
import io.inquest.dump.MemoryFault;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.object.KernelObject;
import io.inquest.kernel.task.Task;
import io.inquest.kernel.vm.ResidentPages;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The processes that had the most memory.
final class LargestProcesses {

    private static final int SHOWN = 10;

    private LargestProcesses() {}

    static List<ProcessMemory> of(Kernel kernel) throws IOException {
        ResidentPages resident = ResidentPages.of(kernel);
        List<ProcessMemory> all = new ArrayList<>();
        for (Task task : kernel.tasks()) {
            process(kernel, resident, task).ifPresent(all::add);
        }
        all.sort(Comparator.comparingLong(ProcessMemory::residentBytes).reversed());
        return List.copyOf(all.subList(0, Math.min(SHOWN, all.size())));
    }

    private static Optional<ProcessMemory> process(Kernel kernel, ResidentPages resident, Task task)
            throws IOException {
        try {
            Optional<KernelObject> mm = task.isLeader() ? task.mm() : Optional.empty();
            if (mm.isEmpty()) {
                return Optional.empty();
            }
            long pages = resident.of(mm.get()).pages();
            return Optional.of(new ProcessMemory(
                    task.comm(), task.pid(), pages << kernel.machine().pageShift()));
        } catch (MemoryFault lost) {
            return Optional.empty();
        }
    }
}
