package io.inquest.crash.command.task;

import io.inquest.crash.command.task.GroupQueue.Entry;
import io.inquest.crash.result.Layout;
import io.inquest.crash.result.TextWriter;
import io.inquest.output.JsonWriter;
import java.io.IOException;

/// The groups of a CPU, each group's tasks under it, an empty line between CPUs.
///
/// ```
/// CPU 0
///   CURRENT: PID: 1      TASK: ff2afbb941240000  COMMAND: "init"
///   ROOT_TASK_GROUP: ffffffff9c137ac0  CFS_RQ: ff2afbb950435f00
///      [120] PID: 18     TASK: ff2afbb9412b0000  COMMAND: "rcu_preempt"
///      TASK_GROUP: ffff884052bc9800  CFS_RQ: ffff8831e4a1b000 <name> (THROTTLED)
///         [120] PID: 14732  TASK: ffff88013bbcb500  COMMAND: "sh"
/// ```
final class GroupLayout implements Layout<CpuGroups> {

    private static final int FIRST = 5;
    private static final int FAIR_STEP = 3;
    private static final int REAL_TIME_STEP = 6;

    @Override
    public void text(CpuGroups row, TextWriter out) throws IOException {
        out.text("CPU ").number(row.cpu()).newLine();
        out.text("  CURRENT: ");
        row.current().textWithoutCpu(out);
        out.newLine();
        if (row.realTime().isPresent()) {
            root(row.realTime().get(), "RT_RQ", REAL_TIME_STEP, out);
        }
        root(row.fair(), "CFS_RQ", FAIR_STEP, out);
    }

    private static void root(GroupQueue group, String queue, int step, TextWriter out) throws IOException {
        out.text("  ROOT_TASK_GROUP: ").hex(group.group());
        out.text("  ").text(queue).text(": ").hex(group.queue()).newLine();
        if (group.entries().isEmpty()) {
            out.line("     [no tasks queued]");
        }
        entries(group, queue, FIRST, step, out);
    }

    private static void entries(GroupQueue group, String queue, int indent, int step, TextWriter out)
            throws IOException {
        for (Entry entry : group.entries()) {
            out.blanks(indent);
            switch (entry) {
                case Entry.OfTask(int priority, var task, boolean running) -> {
                    out.text("[").right(priority, 3).text("] ");
                    task.textWithoutCpu(out);
                    out.line(running ? " [CURRENT]" : "");
                }
                case Entry.OfGroup(GroupQueue inner) -> {
                    if (inner.priority() >= 0) {
                        out.text("[").right(inner.priority(), 3).text("] ");
                    }
                    out.text("TASK_GROUP: ").hex(inner.group());
                    out.text("  ").text(queue).text(": ").hex(inner.queue());
                    out.text(inner.name().isEmpty() ? "" : " <" + inner.name() + ">");
                    out.line(inner.throttled() ? " (THROTTLED)" : "");
                    entries(inner, queue, indent + step, step, out);
                }
            }
        }
    }

    @Override
    public void between(TextWriter out) throws IOException {
        out.newLine();
    }

    @Override
    public void members(CpuGroups row, JsonWriter json) throws IOException {
        json.name("cpu").value(row.cpu()).name("current").beginObject();
        row.current().members(json);
        json.endObject();
        if (row.realTime().isPresent()) {
            json.name("realTime");
            write(row.realTime().get(), json);
        }
        json.name("fair");
        write(row.fair(), json);
    }

    private static void write(GroupQueue group, JsonWriter json) throws IOException {
        json.beginObject().name("group").hex(group.group()).name("queue").hex(group.queue());
        json.name("name").value(group.name()).name("throttled").value(group.throttled());
        json.name("entries").beginArray();
        for (Entry entry : group.entries()) {
            switch (entry) {
                case Entry.OfTask(int priority, var task, boolean running) -> {
                    json.beginObject()
                            .name("priority")
                            .value(priority)
                            .name("running")
                            .value(running);
                    task.members(json);
                    json.endObject();
                }
                case Entry.OfGroup(GroupQueue inner) -> write(inner, json);
            }
        }
        json.endArray().endObject();
    }
}
