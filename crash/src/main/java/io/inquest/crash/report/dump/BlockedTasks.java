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

    private static BlockedTask blocked(Kernel kernel, WaitedFor waited, Task task) throws IOException {
        StackTrace trace = kernel.stacks().of(task);
        List<AnnotatedFrame> frames = DumpFrames.of(kernel, trace);
        WaitedFor.Wait wait = waited.of(task, trace);
        return new BlockedTask(task.comm(), OptionalInt.of(task.pid()), UNKNOWN, wait.words(), wait.holder(), frames);
    }
}
