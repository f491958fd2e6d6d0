package io.inquest.crash.command.task;

import io.inquest.crash.command.TaskHeader;
import io.inquest.crash.session.Session;
import io.inquest.kernel.object.KernelObject;
import io.inquest.kernel.task.Task;
import java.io.IOException;

/// A task as the one that commands are about.
///
/// @param sameName of an idle task, how many there are of its thread number; else 1
/// @param threadInfo address of its `struct thread_info`
/// @param state the kernel's name of its state
/// @param suffix `(PANIC)`, `(ACTIVE)`, or nothing
public record TaskContext(TaskHeader task, int sameName, long threadInfo, String state, String suffix) {

    /// Throws a [io.inquest.dump.MemoryFault] when the dump does not have the task.
    public static TaskContext of(Session session, Task task) throws IOException {
        boolean panicked = session.panicTask().filter(task::equals).isPresent();
        boolean active = OnCpu.addresses(session.kernel()).contains(task.address());
        int same = task.isIdle() ? session.kernel().cpus().all().size() : 1;
        return new TaskContext(
                TaskHeader.of(task),
                same,
                task.struct().find("thread_info").map(KernelObject::address).orElse(task.stack()),
                StateName.full(task),
                panicked ? "(PANIC)" : active ? "(ACTIVE)" : "");
    }
}
