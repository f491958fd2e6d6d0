package io.inquest.crash.command.task;

import io.inquest.crash.command.TaskHeader;
import io.inquest.crash.command.TaskSelection;
import io.inquest.crash.command.Uptime;
import io.inquest.crash.result.Layout;
import io.inquest.crash.result.Result;
import io.inquest.crash.result.TextWriter;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.task.Task;
import io.inquest.output.JsonWriter;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;

/// `ps -t`: when a task was started and how much it has run.
///
/// @param runNanos time since it was started, empty if the kernel's clock cannot be read
/// @param start when it was started, in the kernel's own unit (ns since 3.17)
/// @param user time in user mode, in the kernel's own unit (ns since 4.10)
/// @param system time in kernel mode
record TaskTimes(TaskHeader task, OptionalLong runNanos, long start, long user, long system) {

    static Result of(Kernel kernel, List<Task> tasks) throws IOException {
        OptionalLong uptime = kernel.system().uptime();
        return Result.rows(
                "tasks",
                TaskSelection.rows(
                        tasks,
                        task -> new TaskTimes(
                                TaskHeader.of(task),
                                uptime.isEmpty()
                                        ? uptime
                                        : OptionalLong.of(Math.max(0, uptime.getAsLong() - task.startTime())),
                                task.startTime(),
                                task.userTime(),
                                task.systemTime())),
                new TimesLayout());
    }

    private static final class TimesLayout implements Layout<TaskTimes> {

        @Override
        public void text(TaskTimes row, TextWriter out) throws IOException {
            row.task().text(out);
            out.newLine();
            String run = row.runNanos().isEmpty()
                    ? "(unknown)"
                    : Uptime.of(row.runNanos().getAsLong());
            out.text("    RUN TIME: ").line(run);
            out.text("  START TIME: ").number(row.start()).newLine();
            out.text("       UTIME: ").number(row.user()).newLine();
            out.text("       STIME: ").number(row.system()).newLine();
            out.newLine();
        }

        @Override
        public void members(TaskTimes row, JsonWriter json) throws IOException {
            row.task().members(json);
            if (row.runNanos().isPresent()) {
                json.name("runNanoseconds").value(row.runNanos().getAsLong());
            }
            json.name("start")
                    .value(row.start())
                    .name("user")
                    .value(row.user())
                    .name("system")
                    .value(row.system());
        }
    }
}
