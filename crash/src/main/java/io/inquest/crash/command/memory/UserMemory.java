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

    /// That of a task, or [UsageException] when it has none, as kernel threads do.
    static MemoryMap of(Invocation invocation, Task task) throws IOException {
        Optional<KernelObject> mm = task.mm();
        if (mm.isEmpty()) {
            throw new UsageException("no user memory: the task " + task.pid() + " (" + task.comm()
                    + ") is a kernel thread; choose another with set PID");
        }
        return new MemoryMap(invocation.kernel(), mm.get());
    }
}
