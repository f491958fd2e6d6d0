package io.inquest.capture.act;

import io.inquest.capture.collect.Collecting;
import io.inquest.capture.collect.Way;
import io.inquest.capture.collect.Ways;
import io.inquest.capture.config.ReportTime;
import io.inquest.capture.config.Saving;
import io.inquest.capture.journal.Journal;
import io.inquest.capture.journal.Result;
import io.inquest.capture.journal.Step;
import io.inquest.capture.manifest.Manifest;
import io.inquest.capture.manifest.ManifestJson;
import io.inquest.capture.storage.Content;
import io.inquest.capture.storage.CrashPlace;
import io.inquest.crash.report.Report;
import io.inquest.crash.report.render.ReportJson;
import io.inquest.crash.report.render.ReportText;
import io.inquest.dump.Dump;
import io.inquest.dump.Dumps;
import io.inquest.dump.MemoryFault;
import io.inquest.dump.Warnings;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.log.KernelLog;
import io.inquest.kernel.log.LogEnd;
import io.inquest.kernel.log.LogRange;
import io.inquest.kernel.log.LogStyle;
import io.inquest.kernel.log.LogText;
import io.inquest.output.JsonWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Saves all of a crash to one target, what is smallest and most wanted first: the log, the report, the dump, and last
/// the manifest. What fails is told and left out; what comes behind it is tried all the same.
final class TargetSaving {

    private static final String LOG = "vmcore-dmesg.txt";
    private static final String REPORT_TEXT = "report.txt";
    private static final String REPORT_JSON = "report.json";
    private static final String MANIFEST = "manifest.json";

    private final Crash crash;
    private final Saving saving;
    private final Surroundings around;
    private final Journal journal;
    private final Instant begun;
    private final long begunNanos = System.nanoTime();

    /// Made once, whatever number of targets it goes to.
    private @Nullable Report report;

    private boolean reportTried;

    TargetSaving(Crash crash, Saving saving, Surroundings around) {
        this.crash = crash;
        this.saving = saving;
        this.around = around;
        this.journal = around.journal();
        this.begun = around.clock().instant();
    }

    /// What is there in the end.
    Saved save(CrashPlace place) {
        Saved saved = new Saved();
        if (saving.log().value()) {
            log(place, saved);
        }
        if (saving.report().value() == ReportTime.FIRST) {
            report(place, saved);
        }
        dump(place, saved);
        if (saving.report().value() == ReportTime.AFTER) {
            report(place, saved);
        }
        manifest(place, saved);
        return saved;
    }

    private void log(CrashPlace place, Saved saved) {
        journal.note(Step.LOG, Result.BEGUN, "saving " + LOG + " to " + place + "/");
        try (Dump dump = Dumps.open(List.of(crash.vmcore()), Warnings.NONE)) {
            KernelLog log = KernelLog.open(Kernel.open(dump, Warnings.NONE));
            String[] end = {""};
            saved.add(place.save(LOG, out -> end[0] = write(log, out).describe()));
            journal.note(
                    Step.LOG,
                    end[0].isEmpty() ? Result.DONE : Result.PARTLY,
                    "saving " + LOG + " complete" + (end[0].isEmpty() ? "" : ", as far as there is one: " + end[0]));
        } catch (IOException | MemoryFault failure) {
            journal.note(Step.LOG, Result.FAILED, "saving " + LOG + " failed: " + failure.getMessage());
            saved.lacks("the log: " + failure.getMessage());
        }
        around.heartbeat().beat();
    }

    private static LogEnd write(KernelLog log, OutputStream out) throws IOException {
        return LogText.write(log, LogRange.ALL, LogStyle.VMCORE_DMESG, out);
    }

    private void report(CrashPlace place, Saved saved) {
        journal.note(Step.REPORT, Result.BEGUN, "saving " + REPORT_TEXT);
        try {
            Report made = report();
            // Where nothing can be saved, the console has it at least.
            made.cause().ifPresent(cause -> journal.say(cause.sentence()));
            saved.add(place.save(REPORT_TEXT, text(out -> ReportText.write(made, out))));
            saved.add(place.save(REPORT_JSON, text(out -> ReportJson.write(made, JsonWriter.indented(out)))));
            journal.note(Step.REPORT, Result.DONE, "saving " + REPORT_TEXT + " complete");
        } catch (IOException failure) {
            journal.note(Step.REPORT, Result.SKIPPED, "there is no report: " + failure.getMessage());
        }
    }

    private Report report() throws IOException {
        if (report == null && !reportTried) {
            reportTried = true;
            report = new ReportMaking(around.reports(), around.reportLimit(), around.heartbeat()).make(crash.vmcore());
        }
        if (report == null) {
            throw new IOException("it could not be made for the target before either");
        }
        return report;
    }

    @FunctionalInterface
    private interface Text {
        void writeTo(Writer out) throws IOException;
    }

    private static Content text(Text text) {
        return out -> {
            Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
            text.writeTo(writer);
            writer.flush();
        };
    }

    private void dump(CrashPlace place, Saved saved) {
        try {
            List<Way> ways = ways(place);
            if (ways.isEmpty()) {
                journal.note(Step.DUMP, Result.SKIPPED, "no dump is configured, the log alone");
                return;
            }
            saved.dump(Collecting.of(around.dumps(), around.progress(), around.pageCache(), journal)
                    .collect(ways, place));
        } catch (IOException targetFailed) {
            journal.note(Step.DUMP, Result.FAILED, place + " takes no more: " + targetFailed.getMessage());
            saved.lacks("the dump: the target takes no more: " + targetFailed.getMessage());
        }
    }

    /// What must stay free stays so. A stream cannot be taken back, so its levels are tried before it is sent, which
    /// takes
    /// a limit.
    private List<Way> ways(CrashPlace place) throws IOException {
        List<Way> ways = Ways.of(saving.collector().value());
        OptionalLong spare = saving.spareBytes().value();
        if (spare.isPresent()) {
            return Ways.within(place.room() - spare.getAsLong(), Ways.withoutCopies(ways));
        }
        return place.unfinishedDump().isPresent() ? ways : Ways.within(place.room(), ways);
    }

    private void manifest(CrashPlace place, Saved saved) {
        Manifest manifest = new Manifest(
                crash.vmcore(),
                crash.release(),
                crash.time(),
                begun,
                Duration.ofNanos(System.nanoTime() - begunNanos),
                saving.collector().value().toString(),
                saved.dump(),
                saved.files(),
                saved.lacks(),
                journal.entries());
        try {
            place.save(MANIFEST, text(out -> ManifestJson.write(manifest, out)));
            journal.note(Step.MANIFEST, Result.DONE, "saving " + MANIFEST + " complete");
        } catch (IOException failure) {
            journal.note(Step.MANIFEST, Result.FAILED, "there is no " + MANIFEST + ": " + failure.getMessage());
            saved.lacks("the manifest: " + failure.getMessage());
        }
    }
}
