package io.inquest.crash.report.dump;

import io.inquest.crash.report.AnnotatedFrame;
import io.inquest.crash.report.BlockedTask;
import io.inquest.dump.MemoryFault;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.stack.StackTrace;
import io.inquest.kernel.task.Task;
import io.inquest.kernel.task.TaskState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/// Tasks in uninterruptible sleep, and what each waits for.
final class BlockedTasks {

    private static final int MOST = 200;
    private static final long UNKNOWN = -1;

    private BlockedTasks() {}

    static List<BlockedTask> of(Kernel kernel) throws IOException {
        List<BlockedTask> blocked = new ArrayList<>();
        WaitedFor waited = new WaitedFor(kernel);
        for (Task task : kernel.tasks()) {
            if (blocked.size() < MOST && isBlocked(task)) {
                blocked.add(blocked(kernel, waited, task));
            }
        }
        return blocked;
    }

    private static boolean isBlocked(Task task) {
        try {
            return task.state() == TaskState.UNINTERRUPTIBLE;
        } catch (MemoryFault lost) {
            return false;
        }
    }

    /// What cannot be read of one task costs nothing of the others.
    private static BlockedTask blocked(Kernel kernel, WaitedFor waited, Task task) throws IOException {
        List<AnnotatedFrame> frames = List.of();
        WaitedFor.Wait wait = WaitedFor.Wait.UNKNOWN;
        try {
            StackTrace trace = kernel.stacks().of(task);
            frames = DumpFrames.of(kernel, trace);
            wait = waited.of(task, trace);
        } catch (MemoryFault lost) {
            // As much as was read before.
        }
        return new BlockedTask(comm(task), pid(task), UNKNOWN, wait.words(), wait.lock(), wait.holder(), frames);
    }

    private static OptionalInt pid(Task task) {
        try {
            return OptionalInt.of(task.pid());
        } catch (MemoryFault lost) {
            return OptionalInt.empty();
        }
    }

    private static String comm(Task task) {
        try {
            return task.comm();
        } catch (MemoryFault lost) {
            return "task";
        }
    }
}
