package io.inquest.makedumpfile.message;

import io.inquest.kernel.zone.CountedUse;
import io.inquest.output.JsonWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
public final class Events {

    private final OutputStream out;
    private final boolean wanted;
    private String reason = "";

    private Events(OutputStream out, boolean wanted) {
        this.out = out;
        this.wanted = wanted;
    }

    /// For those who did not ask for events.
    public static Events none() {
        return new Events(OutputStream.nullOutputStream(), false);
    }

    /// Events to a stream.
    public static Events to(OutputStream out) {
        return new Events(out, true);
    }

    /// Tells how far a step is.
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

    /// Tells that a dump level did not fit.
    public void retry(int level) {
        emit("retry", json -> json.name("level").value(level));
    }

    /// Tells a warning.
    public void warning(String text) {
        emit("warning", json -> json.name("text").value(text));
    }

    /// Tells that a dump is there.
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

    /// Tells how many pages of a use the kernel counted, and how many were found.
    public void counter(CountedUse use) {
        emit("counter", json -> {
            json.name("name").value(use.name()).name("counted").value(use.counted());
            json.name("found").value(use.least()).name("foundAtMost").value(use.most());
            json.name("tolerance").value(use.tolerance());
        });
    }

    /// Tells what memory is used for.
    public void memory(MemoryUsage usage) {
        emit("memory", usage::members);
    }

    /// Tells how large dumps would become.
    public void estimate(Estimate estimate) {
        emit("estimate", estimate::members);
    }

    /// Tells how much memory a dump would take to make.
    public void memoryPlan(MemoryPlan plan) {
        emit("memoryPlan", plan::members);
    }

    /// Says why the run fails, for its end; what is said first counts.
    public synchronized void reason(@Nullable String sentence) {
        if (reason.isEmpty() && sentence != null) {
            reason = sentence;
        }
    }

    /// Tells how the run ended.
    public void end(String outcome) {
        emit("end", json -> {
            json.name("outcome").value(outcome);
            if (!reason.isEmpty()) {
                json.name("reason").value(reason);
            }
        });
    }

    private synchronized void emit(String event, Members members) {
        if (!wanted) {
            return;
        }
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
