package io.inquest.crash.report.render;

import io.inquest.crash.report.AnnotatedFrame;
import io.inquest.crash.report.AnnotatedRegister;
import io.inquest.crash.report.Backtrace;
import io.inquest.crash.report.BlockedTask;
import io.inquest.crash.report.CodeLine;
import io.inquest.crash.report.Fact;
import io.inquest.crash.report.Incident;
import io.inquest.crash.report.ProcessMemory;
import io.inquest.crash.report.Report;
import io.inquest.crash.report.StackKind;
import io.inquest.crash.report.Trust;
import io.inquest.crash.report.Victim;
import io.inquest.crash.report.log.LogLine;
import io.inquest.crash.report.log.LoggedModule;
import io.inquest.crash.report.signature.Signature;
import io.inquest.output.SafeText;
import java.io.IOException;
import java.util.List;

/// A report as text for a terminal or a mail: the sentence first, then what supports it, what else was wrong, and
/// the log. What the kernel held cannot control the terminal.
public final class ReportText {

    private static final int LINE_CHARACTERS = 100;
    private static final int NAME_CHARACTERS = 14;
    private static final int FRAMES_OF_BLOCKED = 6;
    private static final int BLOCKED_SHOWN = 20;

    private final Appendable out;

    private ReportText(Appendable out) {
        this.out = out;
    }

    public static void write(Report report, Appendable out) throws IOException {
        new ReportText(out).report(report);
    }

    private void report(Report report) throws IOException {
        line(report.cause().map(cause -> cause.sentence() + ".").orElse("No death is told of."));
        line("");
        head(report);
        facts("What is known", report.cause().map(cause -> cause.facts()).orElse(List.of()));
        for (Backtrace backtrace : report.backtraces()) {
            heading(backtrace.title());
            frames(backtrace.frames(), Integer.MAX_VALUE);
            if (!backtrace.end().isEmpty()) {
                line("       " + backtrace.end());
            }
        }
        code(report.code().lines());
        registers(report.registers());
        incidents(report.incidents());
        blocked(report.blocked());
        facts("Memory", report.memory());
        processes(report.processes());
        taints(report.taints());
        modules(report.modules());
        log(report.log());
        if (!report.missing().isEmpty()) {
            heading("Not known");
            for (String missing : report.missing()) {
                line("  " + missing);
            }
        }
    }

    private void head(Report report) throws IOException {
        named("from", report.source());
        if (report.signature().isPresent()) {
            Signature signature = report.signature().get();
            named(
                    "kind",
                    signature.kind().word() + ", confidence "
                            + signature.confidence().word());
            named("signature", signature.problemKey() + "  " + signature.problemText());
            named("variant", signature.variantKey() + "  " + signature.variantText());
        }
        if (report.panic().isPresent()) {
            named("panic", report.panic().get().text());
        }
        if (report.victim().isPresent() && !report.victim().get().describe().isEmpty()) {
            named("running", report.victim().get().describe());
        }
        for (Fact fact : report.system()) {
            named(fact.name(), fact.value());
        }
    }

    private void facts(String title, List<Fact> facts) throws IOException {
        if (facts.isEmpty()) {
            return;
        }
        heading(title);
        for (Fact fact : facts) {
            line("  " + (fact.name().isEmpty() ? "" : fact.name() + ": ") + fact.value());
        }
    }

    private void frames(List<AnnotatedFrame> frames, int most) throws IOException {
        StackKind stack = StackKind.TASK;
        int number = 0;
        int shown = 0;
        while (shown < Math.min(most, frames.size())) {
            AnnotatedFrame annotated = frames.get(shown++);
            if (annotated.frame().stack() != stack) {
                stack = annotated.frame().stack();
                line("     " + "-- " + stack.word() + " --");
            }
            boolean guessed = annotated.frame().trust() == Trust.GUESSED;
            String count = guessed ? " ?" : pad(Integer.toString(number++), 2);
            String mark = annotated.primary() ? " > " : "   ";
            String note = annotated.note().isEmpty() ? "" : "  " + annotated.note();
            line(mark + count + "  " + annotated.frame().place() + note);
            Repetition again = Repetition.behind(frames, shown);
            if (again.times() > 0) {
                line("       " + again.text());
                shown += again.frames();
                number += again.frames();
            }
        }
        if (frames.size() > shown) {
            line("       and " + (frames.size() - shown) + " more");
        }
    }

    private void code(List<CodeLine> lines) throws IOException {
        if (lines.isEmpty()) {
            return;
        }
        heading("Code");
        int width = lines.stream().mapToInt(line -> line.place().length()).max().orElse(0);
        for (CodeLine line : lines) {
            line((line.trapping() ? " > " : "   ") + pad(line.place(), width) + "  " + line.text());
        }
    }

    private void registers(List<AnnotatedRegister> registers) throws IOException {
        if (registers.isEmpty()) {
            return;
        }
        heading("Registers");
        for (AnnotatedRegister register : registers) {
            String digits = Long.toHexString(register.value());
            String value = "0".repeat(16 - digits.length()) + digits;
            line("  " + pad(register.name(), 8) + " " + value
                    + (register.note().isEmpty() ? "" : "  " + register.note()));
        }
    }

    private void incidents(List<Incident> incidents) throws IOException {
        if (incidents.isEmpty()) {
            return;
        }
        heading("What else the log tells");
        for (Incident incident : incidents) {
            String time = incident.time().isEmpty() ? "" : "[" + incident.time() + "] ";
            line("  " + (incident.before() ? "before  " : "after   ") + time + incident.text());
        }
    }

    private void blocked(List<BlockedTask> blocked) throws IOException {
        if (blocked.isEmpty()) {
            return;
        }
        heading("Blocked tasks");
        for (BlockedTask task : blocked.subList(0, Math.min(BLOCKED_SHOWN, blocked.size()))) {
            String pid = task.pid().isPresent() ? " (pid " + task.pid().getAsInt() + ")" : "";
            String since = task.seconds() < 0 ? "" : ", for more than " + task.seconds() + " s";
            String waits = task.waits().isEmpty() ? "" : ", waits for " + task.waits();
            line("  " + task.comm() + pid + since + waits);
            frames(task.frames(), FRAMES_OF_BLOCKED);
        }
        if (blocked.size() > BLOCKED_SHOWN) {
            line("  and " + (blocked.size() - BLOCKED_SHOWN) + " more");
        }
    }

    private void processes(List<ProcessMemory> processes) throws IOException {
        if (processes.isEmpty()) {
            return;
        }
        heading("Largest processes");
        for (ProcessMemory process : processes) {
            line("  " + process.describe());
        }
    }

    private void taints(List<Victim.Taint> taints) throws IOException {
        if (taints.isEmpty()) {
            return;
        }
        heading("Taint");
        for (Victim.Taint taint : taints) {
            line("  " + taint.letter() + "  " + taint.meaning());
        }
    }

    private void modules(List<LoggedModule> modules) throws IOException {
        if (modules.isEmpty()) {
            return;
        }
        heading("Modules");
        StringBuilder row = new StringBuilder(" ");
        for (LoggedModule module : modules) {
            String word = " " + module.name() + (module.flags().isEmpty() ? "" : "(" + module.flags() + ")");
            if (row.length() + word.length() > LINE_CHARACTERS) {
                line(row.toString());
                row.setLength(1);
            }
            row.append(word);
        }
        line(row.toString());
    }

    private void log(List<LogLine> lines) throws IOException {
        if (lines.isEmpty()) {
            return;
        }
        heading("Log");
        for (LogLine line : lines) {
            line("  " + (line.time().isEmpty() ? "" : "[" + line.time() + "] ") + line.text());
        }
    }

    private void heading(String title) throws IOException {
        line("");
        line(title);
    }

    private void named(String name, String value) throws IOException {
        line("  " + pad(name, NAME_CHARACTERS) + value);
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    /// A tab of the log becomes a blank: escaped, it would be noise.
    private void line(String text) throws IOException {
        out.append(SafeText.line(text.stripTrailing().replace('\t', ' '))).append('\n');
    }
}
