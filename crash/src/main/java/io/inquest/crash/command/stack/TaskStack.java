package io.inquest.crash.command.stack;

import io.inquest.crash.command.TaskHeader;
import io.inquest.kernel.stack.StackEnd;
import io.inquest.kernel.stack.StackTrace;
import io.inquest.kernel.task.Task;
import java.util.List;

/// A task and its stack.
record TaskStack(TaskHeader header, Task task, StackTrace trace) {

    /// A task of which only the header is wanted.
    static TaskStack leftOut(TaskHeader header, Task task) {
        return new TaskStack(header, task, new StackTrace(List.of(), new StackEnd.Beginning(), List.of()));
    }
}
