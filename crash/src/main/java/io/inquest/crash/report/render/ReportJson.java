package io.inquest.crash.report.render;

import io.inquest.crash.report.AnnotatedFrame;
import io.inquest.crash.report.Backtrace;
import io.inquest.crash.report.BlockedTask;
import io.inquest.crash.report.CallFrame;
import io.inquest.crash.report.Cause;
import io.inquest.crash.report.CodeLine;
import io.inquest.crash.report.Fact;
import io.inquest.crash.report.Incident;
import io.inquest.crash.report.ProcessMemory;
import io.inquest.crash.report.Report;
import io.inquest.crash.report.Victim;
import io.inquest.crash.report.log.LogLine;
import io.inquest.crash.report.signature.Signature;
import io.inquest.crash.report.signature.UsefulFrame;
import io.inquest.output.JsonWriter;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// A report as one JSON object. Members appear in this order and are never absent; what is not known is `null` or
/// an empty array. Addresses and other 64-bit values are strings in hexadecimal.
public final class ReportJson {

    private final JsonWriter json;

    private ReportJson(JsonWriter json) {
        this.json = json;
    }

    public static void write(Report report, JsonWriter json) throws IOException {
        new ReportJson(json).report(report);
    }

    private void report(Report report) throws IOException {
        json.beginObject();
        json.name("schema").value(Report.SCHEMA);
        json.name("source").value(report.source());
        cause(report);
        signature(report);
        text("panic", report.panic().map(LogLine::text));
        facts("system", report.system());
        victim(report);
        taints(report.taints());
        registers(report);
        code(report.code().lines());
        json.name("backtraces").beginArray();
        for (Backtrace backtrace : report.backtraces()) {
            backtrace(backtrace);
        }
        json.endArray();
        incidents(report.incidents());
        blocked(report.blocked());
        facts("memory", report.memory());
        processes(report.processes());
        modules(report);
        log(report.log());
        json.name("missing").beginArray();
        for (String missing : report.missing()) {
            json.value(missing);
        }
        json.endArray();
        json.endObject().endDocument();
    }

    private void cause(Report report) throws IOException {
        Optional<Cause> cause = report.cause();
        Optional<UsefulFrame> function = report.signature().flatMap(Signature::function);
        text("kind", cause.map(known -> known.kind().word()));
        text("family", cause.map(known -> known.kind().family().word()));
        text("title", cause.map(Cause::title));
        text("cause", cause.map(Cause::sentence));
        text(
                "confidence",
                report.signature().map(signature -> signature.confidence().word()));
        text("function", function.map(UsefulFrame::name));
        text("module", function.map(UsefulFrame::module));
        facts("facts", cause.map(Cause::facts).orElse(List.of()));
    }

    private void text(String name, Optional<String> text) throws IOException {
        json.name(name);
        if (text.isPresent()) {
            json.value(text.get());
        } else {
            json.nullValue();
        }
    }

    private void signature(Report report) throws IOException {
        json.name("signature");
        if (report.signature().isEmpty()) {
            json.nullValue();
            return;
        }
        Signature signature = report.signature().get();
        json.beginObject();
        json.name("algorithm").value(Signature.ALGORITHM);
        json.name("problem").value(signature.problemKey());
        json.name("problem_text").value(signature.problemText());
        json.name("variant").value(signature.variantKey());
        json.name("variant_text").value(signature.variantText());
        json.name("aliases").beginArray();
        for (String alias : signature.aliases()) {
            json.value(alias);
        }
        json.endArray();
        json.endObject();
    }

    private void facts(String name, List<Fact> facts) throws IOException {
        json.name(name).beginArray();
        for (Fact fact : facts) {
            json.beginObject();
            json.name("name").value(fact.name());
            json.name("value").value(fact.value());
            json.endObject();
        }
        json.endArray();
    }

    private void victim(Report report) throws IOException {
        json.name("task");
        if (report.victim().isEmpty()) {
            json.nullValue();
            return;
        }
        Victim victim = report.victim().get();
        json.beginObject();
        json.name("comm").value(victim.comm());
        number("pid", victim.pid());
        number("cpu", victim.cpu());
        json.endObject();
    }

    private void number(String name, OptionalInt number) throws IOException {
        json.name(name);
        if (number.isPresent()) {
            json.value(number.getAsInt());
        } else {
            json.nullValue();
        }
    }

    private void taints(List<Victim.Taint> taints) throws IOException {
        json.name("taint").beginArray();
        for (Victim.Taint taint : taints) {
            json.beginObject();
            json.name("letter").value(String.valueOf(taint.letter()));
            json.name("meaning").value(taint.meaning());
            json.endObject();
        }
        json.endArray();
    }

    private void registers(Report report) throws IOException {
        json.name("registers").beginArray();
        for (var register : report.registers()) {
            json.beginObject();
            json.name("name").value(register.name());
            json.name("value").hex(register.value());
            json.name("note").value(register.note());
            json.endObject();
        }
        json.endArray();
    }

    private void code(List<CodeLine> lines) throws IOException {
        json.name("code").beginArray();
        for (CodeLine line : lines) {
            json.beginObject();
            json.name("place").value(line.place());
            json.name("bytes").value(line.bytes());
            json.name("text").value(line.text());
            json.name("trapping").value(line.trapping());
            json.endObject();
        }
        json.endArray();
    }

    private void backtrace(Backtrace backtrace) throws IOException {
        json.beginObject();
        json.name("title").value(backtrace.title());
        frames(backtrace.frames());
        json.name("end").value(backtrace.end());
        json.endObject();
    }

    private void frames(List<AnnotatedFrame> frames) throws IOException {
        json.name("frames").beginArray();
        for (AnnotatedFrame annotated : frames) {
            CallFrame frame = annotated.frame();
            json.beginObject();
            json.name("function").value(frame.function());
            json.name("offset").value(frame.offset());
            json.name("size").value(frame.size());
            json.name("module").value(frame.module());
            json.name("address");
            if (frame.address().isPresent()) {
                json.hex(frame.address().getAsLong());
            } else {
                json.nullValue();
            }
            json.name("trust").value(frame.trust().word());
            json.name("stack").value(frame.stack().word());
            json.name("primary").value(annotated.primary());
            json.name("note").value(annotated.note());
            json.endObject();
        }
        json.endArray();
    }

    private void incidents(List<Incident> incidents) throws IOException {
        json.name("incidents").beginArray();
        for (Incident incident : incidents) {
            json.beginObject();
            json.name("time").value(incident.time());
            json.name("kind").value(incident.kind().word());
            json.name("before").value(incident.before());
            json.name("text").value(incident.text());
            json.endObject();
        }
        json.endArray();
    }

    private void blocked(List<BlockedTask> blocked) throws IOException {
        json.name("blocked").beginArray();
        for (BlockedTask task : blocked) {
            json.beginObject();
            json.name("comm").value(task.comm());
            number("pid", task.pid());
            json.name("seconds");
            if (task.seconds() >= 0) {
                json.value(task.seconds());
            } else {
                json.nullValue();
            }
            json.name("waits").value(task.waits());
            number("holder", task.holder());
            frames(task.frames());
            json.endObject();
        }
        json.endArray();
    }

    private void processes(List<ProcessMemory> processes) throws IOException {
        json.name("processes").beginArray();
        for (ProcessMemory process : processes) {
            json.beginObject();
            json.name("comm").value(process.comm());
            json.name("pid").value(process.pid());
            json.name("resident_bytes").value(process.residentBytes());
            json.endObject();
        }
        json.endArray();
    }

    private void modules(Report report) throws IOException {
        json.name("modules").beginArray();
        for (var module : report.modules()) {
            json.beginObject();
            json.name("name").value(module.name());
            json.name("flags").value(module.flags());
            json.endObject();
        }
        json.endArray();
    }

    private void log(List<LogLine> lines) throws IOException {
        json.name("log").beginArray();
        for (LogLine line : lines) {
            json.beginObject();
            json.name("time").value(line.time().strip());
            json.name("caller").value(line.caller());
            json.name("text").value(line.text());
            json.endObject();
        }
        json.endArray();
    }
}
