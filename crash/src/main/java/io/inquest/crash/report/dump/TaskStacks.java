package io.inquest.crash.report.dump;

import io.inquest.dump.MemoryFault;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.task.Task;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The stacks of all tasks by address, read once: to tell whose stack an address is on.
final class TaskStacks {

    private final TreeMap<Long, Task> byBase = new TreeMap<>(Long::compareUnsigned);
    private final long bytes;

    TaskStacks(Kernel kernel) throws IOException {
        this.bytes = kernel.stacks().taskStackBytes();
        for (Task task : kernel.tasks()) {
            try {
                if (task.stack() != 0) {
                    byBase.put(task.stack(), task);
                }
            } catch (MemoryFault lost) {
                // A task without a readable stack has no address on it.
            }
        }
    }

    /// The task on whose stack an address is.
    Optional<Task> at(long address) {
        Map.Entry<Long, Task> below = byBase.floorEntry(address);
        return below != null && Long.compareUnsigned(address - below.getKey(), bytes) < 0
                ? Optional.of(below.getValue())
                : Optional.empty();
    }
}
