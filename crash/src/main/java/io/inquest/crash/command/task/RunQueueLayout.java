package io.inquest.crash.command.task;

import io.inquest.crash.result.Layout;
import io.inquest.crash.result.TextWriter;
import io.inquest.output.JsonWriter;
import java.io.IOException;
import java.util.List;

/// A block for each CPU, an empty line between them.
final class RunQueueLayout implements Layout<RunQueue> {

    @Override
    public void text(RunQueue row, TextWriter out) throws IOException {
        out.text("CPU ")
                .number(row.cpu())
                .text(" RUNQUEUE: ")
                .hex(row.address())
                .newLine();
        out.text("  CURRENT: ");
        row.current().textWithoutCpu(out);
        out.newLine();
        out.text("  RT PRIO_ARRAY: ").hex(row.realTimeArray()).newLine();
        waiting(row.realTime(), out);
        out.text("  CFS RB_ROOT: ").hex(row.fairRoot()).newLine();
        waiting(row.fair(), out);
    }

    private static void waiting(List<RunQueue.Waiting> tasks, TextWriter out) throws IOException {
        if (tasks.isEmpty()) {
            out.line("     [no tasks queued]");
        }
        for (RunQueue.Waiting waiting : tasks) {
            out.text("     [").right(waiting.priority(), 3).text("] ");
            waiting.task().textWithoutCpu(out);
            out.newLine();
        }
    }

    @Override
    public void between(TextWriter out) throws IOException {
        out.newLine();
    }

    @Override
    public void members(RunQueue row, JsonWriter json) throws IOException {
        json.name("cpu").value(row.cpu()).name("runqueue").hex(row.address());
        json.name("current").beginObject();
        row.current().members(json);
        json.endObject();
        write(json, "realTime", row.realTime());
        write(json, "fair", row.fair());
    }

    private static void write(JsonWriter json, String name, List<RunQueue.Waiting> tasks) throws IOException {
        json.name(name).beginArray();
        for (RunQueue.Waiting waiting : tasks) {
            json.beginObject().name("priority").value(waiting.priority());
            waiting.task().members(json);
            json.endObject();
        }
        json.endArray();
    }
}
