package io.inquest.makedumpfile.message;

import io.inquest.kernel.zone.CountedUse;
import io.inquest.output.JsonWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// What happens, as JSON for programs (`--json`): one object a line, each with a member `event`.
///
/// | Event      | Members                                                                      |
/// |------------|------------------------------------------------------------------------------|
/// | `progress` | `step`, `done`, `total`: at most once a second, and at the end of each step  |
/// | `warning`  | `text`                                                                       |
/// | `retry`    | `level`: the dump level that is tried next                                   |
/// | `saved`    | `files`, `level`, and what was left out and written                          |
/// | `counter`  | `name`, `counted`, `found`, `foundAtMost`, `tolerance`, in pages             |
/// | `memory`   | what memory is used for, in pages (`--mem-usage`)                            |
/// | `estimate` | `sampledPages`, `heldPages`, `threads`, and `dumps` that could be made: of each   |
/// |            | `level`, `compression`, `pages`, `bytes`, `milliseconds`, `bytesPerSecond`   |
/// | `memoryPlan` | `machineBytes`, `threads`, `parts` in bytes, `totalBytes` (`--memory-plan`) |
/// | `end`      | `outcome`: `completed`, `failed`, `wrong_release`, `analysis_error` or       |
/// |            | `not_erased`; `reason` of what failed, as it is told in text                 |
public final class JsonEvents implements Events {

    private final OutputStream out;
    private String reason = "";

    /// Writes to `out`; that nobody reads there is no failure.
    public JsonEvents(OutputStream out) {
        this.out = out;
    }

    @Override
    public void progress(Progress.Step step, long done, long total) {
        emit(
                "progress",
                json -> json.name("step")
                        .value(step.title())
                        .name("done")
                        .value(done)
                        .name("total")
                        .value(total));
    }

    @Override
    public void retry(int level) {
        emit("retry", json -> json.name("level").value(level));
    }

    @Override
    public void warning(String text) {
        emit("warning", json -> json.name("text").value(text));
    }

    @Override
    public void saved(List<String> files, int level, Report report) {
        emit("saved", json -> {
            json.name("files").beginArray();
            for (String file : files) {
                json.value(file);
            }
            json.endArray().name("level").value(level);
            report.members(json);
        });
    }

    @Override
    public void counter(CountedUse use) {
        emit("counter", json -> {
            json.name("name").value(use.name()).name("counted").value(use.counted());
            json.name("found").value(use.least()).name("foundAtMost").value(use.most());
            json.name("tolerance").value(use.tolerance());
        });
    }

    @Override
    public void memory(MemoryUsage usage) {
        emit("memory", usage::members);
    }

    @Override
    public void estimate(Estimate estimate) {
        emit("estimate", estimate::members);
    }

    @Override
    public void memoryPlan(MemoryPlan plan) {
        emit("memoryPlan", plan::members);
    }

    @Override
    public synchronized void reason(String sentence) {
        if (reason.isEmpty()) {
            reason = sentence;
        }
    }

    @Override
    public void end(String outcome) {
        emit("end", json -> {
            json.name("outcome").value(outcome);
            if (!reason.isEmpty()) {
                json.name("reason").value(reason);
            }
        });
    }

    private synchronized void emit(String event, Members members) {
        StringBuilder line = new StringBuilder();
        try {
            JsonWriter json = JsonWriter.compact(line);
            json.beginObject().name("event").value(event);
            members.write(json);
            json.endObject();
            out.write(line.append('\n').toString().getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException nobodyListens) {
            // Telling is not what the run is for.
        }
    }

    @FunctionalInterface
    private interface Members {
        void write(JsonWriter json) throws IOException;
    }
}
