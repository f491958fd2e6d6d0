package io.inquest.crash.command.task;

import io.inquest.crash.command.TaskHeader;
import io.inquest.crash.result.Layout;
import io.inquest.crash.result.TextWriter;
import io.inquest.output.JsonWriter;
import java.io.IOException;

/// The block that shows a task as the current one.
///
/// ```
///     PID: 1
/// COMMAND: "init"
///    TASK: ffff8e730123a100  [THREAD_INFO: ffff8e730123a100]
///     CPU: 0
///   STATE: TASK_RUNNING (PANIC)
/// ```
///
/// @param labelWidth columns up to the colon: 7, in the banner 12
public record ContextLayout(int labelWidth) implements Layout<TaskContext> {

    @Override
    public void text(TaskContext row, TextWriter out) throws IOException {
        TaskHeader task = row.task();
        label("PID", out).number(task.pid()).newLine();
        label("COMMAND", out).text("\"").text(task.comm()).line("\"");
        label("TASK", out).zeroHex(task.address(), 16).text("  ");
        if (row.sameName() > 1) {
            out.text("(1 of ").number(row.sameName()).text(")  ");
        }
        out.text("[THREAD_INFO: ").zeroHex(row.threadInfo(), 16).line("]");
        label("CPU", out).line(task.cpu() < 0 ? "(unknown)" : Integer.toString(task.cpu()));
        label("STATE", out).text(row.state()).line(" " + row.suffix());
    }

    private TextWriter label(String label, TextWriter out) throws IOException {
        return out.right(label, labelWidth).text(": ");
    }

    @Override
    public void members(TaskContext row, JsonWriter json) throws IOException {
        row.task().members(json);
        json.name("threadInfo").hex(row.threadInfo()).name("state").value(row.state());
        json.name("panic").value(row.suffix().contains("PANIC"));
        json.name("active").value(!row.suffix().isEmpty());
    }
}
