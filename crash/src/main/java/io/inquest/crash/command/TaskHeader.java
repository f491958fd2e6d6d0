package io.inquest.crash.command;

import io.inquest.crash.result.TextWriter;
import io.inquest.kernel.task.Task;
import io.inquest.output.JsonWriter;
import java.io.IOException;

/// How almost every answer names a task: a line, and members of a JSON object.
///
/// @param cpu where it runs or ran last, -1 if that is not known
public record TaskHeader(long address, int pid, int cpu, String comm) {

    /// Reads what the header says. Throws a [io.inquest.dump.MemoryFault] when the dump does not have it.
    public static TaskHeader of(Task task) {
        return new TaskHeader(task.address(), task.pid(), task.cpu().orElse(-1), task.comm());
    }

    /// `PID: 4752     TASK: ffff8880c7680000  CPU: 1    COMMAND: "xterm"`, without a line end.
    public void text(TextWriter out) throws IOException {
        out.text("PID: ").left(pid, 7).text("  TASK: ").zeroHex(address, 16).text("  CPU: ");
        out.left(cpu < 0 ? "-" : Integer.toString(cpu), 3)
                .text("  COMMAND: \"")
                .text(comm)
                .text("\"");
    }

    /// The same without the CPU, as in lists of a run queue.
    public void textWithoutCpu(TextWriter out) throws IOException {
        out.text("PID: ").left(pid, 6).text(" TASK: ").zeroHex(address, 16);
        out.text("  COMMAND: \"").text(comm).text("\"");
    }

    public void members(JsonWriter json) throws IOException {
        json.name("pid").value(pid).name("task").hex(address);
        if (cpu >= 0) {
            json.name("cpu").value(cpu);
        }
        json.name("comm").value(comm);
    }
}
