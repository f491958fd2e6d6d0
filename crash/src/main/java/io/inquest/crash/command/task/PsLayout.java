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
        out.zeroHex(stackPointer ? row.stackPointer() : row.task(), 16)
                .text("  ")
                .text(StateName.brief(row.state()));
        out.right(row.memoryTenths() / 10 + "." + row.memoryTenths() % 10, 6);
        out.right(row.virtualKib(), 9).right(row.residentKib(), 9).text("  ");
        out.line(row.kernelThread() ? "[" + row.comm() + "]" : row.comm());
    }

    @Override
    public void members(PsRow row, JsonWriter json) throws IOException {
        json.name("active")
                .value(row.active())
                .name("pid")
                .value(row.pid())
                .name("ppid")
                .value(row.parent());
        json.name("cpu")
                .value(row.cpu())
                .name("task")
                .hex(row.task())
                .name("stackPointer")
                .hex(row.stackPointer());
        json.name("state")
                .value(StateName.brief(row.state()))
                .name("memoryPercent")
                .value(row.memoryTenths() / 10.0);
        json.name("virtualKib").value(row.virtualKib()).name("residentKib").value(row.residentKib());
        json.name("comm").value(row.comm()).name("kernelThread").value(row.kernelThread());
    }
}
