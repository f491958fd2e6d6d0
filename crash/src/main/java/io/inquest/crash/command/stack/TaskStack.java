package io.inquest.crash.command.stack;

import io.inquest.crash.command.TaskHeader;
import io.inquest.kernel.stack.StackTrace;
import io.inquest.kernel.task.Task;

/// A task and its stack.
record TaskStack(TaskHeader header, Task task, StackTrace trace) {}
