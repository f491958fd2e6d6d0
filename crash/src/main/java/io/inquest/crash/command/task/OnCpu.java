package io.inquest.crash.command.task;

import io.inquest.dump.MemoryFault;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.symbol.MissingSymbol;
import io.inquest.kernel.task.Cpu;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The tasks that the CPUs were running.
final class OnCpu {

    private OnCpu() {}

    /// Their addresses; CPUs that cannot be asked are left out, all of them where no symbol leads to them.
    static Set<Long> addresses(Kernel kernel) throws IOException {
        Set<Long> running = new HashSet<>();
        List<Cpu> online;
        try {
            online = kernel.cpus().online();
        } catch (MissingSymbol lost) {
            return running;
        }
        for (Cpu cpu : online) {
            try {
                running.add(cpu.current().address());
            } catch (MemoryFault lost) {
                // No task can be marked for it.
            }
        }
        return running;
    }
}
