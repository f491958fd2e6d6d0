package io.inquest.crash.command.memory;

import io.inquest.crash.UsageException;
import io.inquest.crash.command.Invocation;
import io.inquest.kernel.object.KernelObject;
import io.inquest.kernel.task.Task;
import io.inquest.kernel.vm.MemoryMap;
import java.io.IOException;
import java.util.Optional;

/// The memory of tasks, which user addresses mean.
public final class UserMemory {

    private UserMemory() {}

    /// That of the session's current task.
    public static MemoryMap current(Invocation invocation) throws IOException {
        return of(invocation, invocation.session().current());
    }

    /// That of a task; kernel threads have none, nor has a process that has ended.
    static Optional<MemoryMap> find(Invocation invocation, Task task) throws IOException {
        Optional<KernelObject> mm = task.mm();
        return mm.isEmpty() ? Optional.empty() : Optional.of(new MemoryMap(invocation.kernel(), mm.get()));
    }

    /// That of a task, or [UsageException] when it has none, as kernel threads do.
    static MemoryMap of(Invocation invocation, Task task) throws IOException {
        Optional<MemoryMap> map = find(invocation, task);
        if (map.isEmpty()) {
            throw new UsageException("no user memory: the task " + task.pid() + " (" + task.comm()
                    + ") is a kernel thread; choose another with set PID");
        }
        return map.get();
    }
}
