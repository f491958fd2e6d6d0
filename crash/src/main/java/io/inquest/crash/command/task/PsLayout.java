package io.inquest.crash.command.task;

import io.inquest.crash.result.Layout;
import io.inquest.crash.result.TextWriter;
import io.inquest.output.JsonWriter;
import java.io.IOException;

/// The list of tasks.
///
/// ```
///       PID    PPID  CPU       TASK        ST  %MEM      VSZ      RSS  COMM
/// >       1       0   0  ffff8e730123a100  RU   0.7     2260     1844  init
/// ```
record PsLayout(boolean stackPointer, boolean heading) implements Layout<PsRow> {

    @Override
    public void begin(TextWriter out) throws IOException {
        if (heading) {
            out.text("      PID    PPID  CPU ").centre(stackPointer ? "KSTACKP" : "TASK", 16);
            out.line("  ST  %MEM      VSZ      RSS  COMM");
        }
    }

    @Override
    public void text(PsRow row, TextWriter out) throws IOException {
        out.text(row.active() ? "> " : "  ").right(row.pid(), 7).text(" ").right(row.parent(), 7);
        out.text(" ")
                .right(row.cpu() < 0 ? "-" : Integer.toString(row.cpu()), 3)
                .text("  ");
        pointer(row, out);
        out.text("  ").text(StateName.brief(row.state()));
        if (row.memory().isPresent()) {
            PsRow.MemoryUse memory = row.memory().get();
            out.right(memory.tenths().isEmpty() ? "?" : percent(memory.tenths().getAsLong()), 6);
            out.right(memory.virtualKib(), 9).right(memory.residentKib(), 9).text("  ");
        } else {
            out.right("?", 6).right("?", 9).right("?", 9).text("  ");
        }
        out.line(row.kernelThread() ? "[" + row.comm() + "]" : row.comm());
    }

    private static String percent(long tenths) {
        return tenths / 10 + "." + tenths % 10;
    }

    /// The stack pointer that a task on a CPU left behind is an old one.
    private void pointer(PsRow row, TextWriter out) throws IOException {
        if (!stackPointer) {
            out.zeroHex(row.task(), 16);
        } else if (row.active()) {
            out.centre("--", 16);
        } else if (row.stackPointer().isPresent()) {
            out.zeroHex(row.stackPointer().getAsLong(), 16);
        } else {
            out.centre("?", 16);
        }
    }

    @Override
    public void members(PsRow row, JsonWriter json) throws IOException {
        json.name("active")
                .value(row.active())
                .name("pid")
                .value(row.pid())
                .name("ppid")
                .value(row.parent());
        json.name("cpu").value(row.cpu()).name("task").hex(row.task());
        if (row.stackPointer().isPresent() && !row.active()) {
            json.name("stackPointer").hex(row.stackPointer().getAsLong());
        }
        json.name("state").value(StateName.brief(row.state()));
        if (row.memory().isPresent()) {
            PsRow.MemoryUse memory = row.memory().get();
            if (memory.tenths().isPresent()) {
                json.name("memoryPercent").value(memory.tenths().getAsLong() / 10.0);
            }
            json.name("virtualKib")
                    .value(memory.virtualKib())
                    .name("residentKib")
                    .value(memory.residentKib());
        }
        json.name("comm").value(row.comm()).name("kernelThread").value(row.kernelThread());
    }
}
