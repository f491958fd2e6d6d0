package io.inquest.crash.command.task;

import io.inquest.dump.MemoryFault;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.task.Cpu;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/// The tasks that the CPUs were running.
final class OnCpu {

    private OnCpu() {}

    /// Their addresses; CPUs that cannot be asked are left out.
    static Set<Long> addresses(Kernel kernel) throws IOException {
        Set<Long> running = new HashSet<>();
        for (Cpu cpu : kernel.cpus().online()) {
            try {
                running.add(cpu.current().address());
            } catch (MemoryFault lost) {
                // No task can be marked for it.
            }
        }
        return running;
    }
}
