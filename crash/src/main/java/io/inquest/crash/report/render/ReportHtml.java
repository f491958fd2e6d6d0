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
import io.inquest.crash.report.TabTable;
import io.inquest.crash.report.Victim;
import io.inquest.crash.report.log.LogLine;
import io.inquest.crash.report.log.LoggedModule;
import io.inquest.crash.report.signature.Signature;
import java.io.IOException;
import java.util.List;

/// A report as one page of HTML that needs nothing else: no script, no font, no picture from elsewhere. It
/// follows the reader's choice of light or dark, and its order is that of the questions one has: what, is it
/// known, where, what else.
public final class ReportHtml {

    private static final int FRAMES_OPEN = 40;

    private final HtmlElements html;

    private ReportHtml(HtmlElements html) {
        this.html = html;
    }

    public static void write(Report report, Appendable out) throws IOException {
        new ReportHtml(new HtmlElements(out)).page(report);
    }

    private void page(Report report) throws IOException {
        String title = report.cause().map(cause -> cause.title()).orElse("no death");
        html.raw("<!DOCTYPE html>\n")
                .tag("html lang=\"en\"")
                .newline()
                .tag("head")
                .newline();
        html.tag("meta charset=\"utf-8\"").newline();
        html.tag("meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src"
                        + " 'unsafe-inline'\"")
                .newline();
        html.tag("meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"")
                .newline();
        html.tag("meta name=\"color-scheme\" content=\"light dark\"").newline();
        html.element("title", title + " – inquest").newline();
        html.tag("style")
                .raw(TabTable.text(ReportHtml.class, "report.css"))
                .tag("/style")
                .newline();
        html.tag("/head").newline().tag("body").newline();
        html.element("a class=\"skip\" href=\"#facts\"", "To the facts").newline();
        html.tag("main").newline();
        head(report);
        facts(
                "facts",
                "What is known",
                report.cause().map(cause -> cause.facts()).orElse(List.of()));
        backtraces(report.backtraces());
        code(report.code().lines());
        registers(report.registers());
        blocked(report.blocked());
        incidents(report.incidents());
        memory(report);
        signature(report);
        taints(report.taints());
        log(report);
        modules(report.modules());
        missing(report.missing());
        html.tag("/main").newline();
        html.tag("footer")
                .text("inquest report of " + report.source())
                .tag("/footer")
                .newline();
        html.tag("/body").newline().tag("/html").newline();
    }

    private void head(Report report) throws IOException {
        html.tag("header").newline();
        if (report.cause().isPresent()) {
            String family = report.cause().get().kind().family().word();
            html.tag("p class=\"kind " + family + "\"")
                    .element("span", report.cause().get().kind().word());
            if (report.signature().isPresent()) {
                html.text(" ")
                        .element(
                                "span class=\"confidence\"",
                                "confidence "
                                        + report.signature().get().confidence().word());
            }
            html.tag("/p").newline();
        }
        html.element("h1", report.cause().map(cause -> cause.sentence() + ".").orElse("No death is told of."))
                .newline();
        html.tag("dl class=\"head\"").newline();
        if (report.panic().isPresent()) {
            pair("Panic", report.panic().get().text());
        }
        if (report.victim().isPresent() && !report.victim().get().describe().isEmpty()) {
            pair("Running", report.victim().get().describe());
        }
        for (Fact fact : report.system()) {
            pair(capital(fact.name()), fact.value());
        }
        html.tag("/dl").newline().tag("/header").newline();
    }

    private void pair(String name, String value) throws IOException {
        html.tag("div").element("dt", name).element("dd", value).tag("/div").newline();
    }

    private static String capital(String name) {
        return name.isEmpty() ? name : Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }

    private void begin(String id, String title) throws IOException {
        html.tag("section id=\"" + id + "\" aria-labelledby=\"" + id + "-title\"")
                .newline();
        html.element("h2 id=\"" + id + "-title\"", title).newline();
    }

    private void end() throws IOException {
        html.tag("/section").newline();
    }

    private void facts(String id, String title, List<Fact> facts) throws IOException {
        if (facts.isEmpty()) {
            return;
        }
        begin(id, title);
        html.tag("ul").newline();
        for (Fact fact : facts) {
            html.tag("li");
            if (!fact.name().isEmpty()) {
                html.element("b", fact.name()).text(" ");
            }
            html.text(fact.value()).tag("/li").newline();
        }
        html.tag("/ul").newline();
        end();
    }

    private void backtraces(List<Backtrace> backtraces) throws IOException {
        int number = 0;
        for (Backtrace backtrace : backtraces) {
            begin("backtrace-" + number, backtrace.title());
            boolean open = number++ == 0 && Repetition.shown(backtrace.frames()) <= FRAMES_OPEN;
            if (!backtrace.frames().isEmpty()) {
                html.tag("details" + (open ? " open" : ""))
                        .element("summary", count(backtrace.frames().size(), "frame"));
                frames(backtrace.frames());
                html.tag("/details").newline();
            }
            if (!backtrace.end().isEmpty()) {
                html.element("p", backtrace.end()).newline();
            }
            end();
        }
    }

    private static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    private void frames(List<AnnotatedFrame> frames) throws IOException {
        html.tag("ol class=\"frames\"").newline();
        StackKind stack = StackKind.TASK;
        int shown = 0;
        while (shown < frames.size()) {
            AnnotatedFrame annotated = frames.get(shown++);
            if (annotated.frame().stack() != stack) {
                stack = annotated.frame().stack();
                html.element("li class=\"stack\"", stack.word()).newline();
            }
            html.tag("li class=\"" + annotated.frame().trust().word() + (annotated.primary() ? " primary" : "") + "\"");
            html.element("code", annotated.frame().place());
            html.text(" ").element("small", annotated.primary() ? "names the death" : trust(annotated));
            if (!annotated.note().isEmpty()) {
                html.text(" ").element("small", annotated.note());
            }
            html.tag("/li").newline();
            Repetition again = Repetition.behind(frames, shown);
            if (again.times() > 0) {
                html.tag("li class=\"again\" style=\"counter-increment: frame " + again.frames() + "\"")
                        .text(again.text())
                        .tag("/li")
                        .newline();
                shown += again.frames();
            }
        }
        html.tag("/ol").newline();
    }

    private static String trust(AnnotatedFrame annotated) {
        return switch (annotated.frame().trust()) {
            case REGISTERS -> "by the registers";
            case UNWOUND -> "";
            case GUESSED -> "a guess";
        };
    }

    private void code(List<CodeLine> lines) throws IOException {
        if (lines.isEmpty()) {
            return;
        }
        begin("code", "Code");
        html.tag("div class=\"scroll\" tabindex=\"0\"")
                .tag("table class=\"code\"")
                .tag("tbody")
                .newline();
        for (CodeLine line : lines) {
            html.tag(line.trapping() ? "tr class=\"trapping\"" : "tr");
            html.element("th scope=\"row\"", line.place());
            html.tag("td").element(line.trapping() ? "mark" : "code", line.text());
            html.tag("/td").tag("/tr").newline();
        }
        html.tag("/tbody").tag("/table").tag("/div").newline();
        end();
    }

    private void registers(List<AnnotatedRegister> registers) throws IOException {
        if (registers.isEmpty()) {
            return;
        }
        begin("registers", "Registers");
        html.tag("div class=\"scroll\"").tag("table").newline();
        html.tag("thead").tag("tr").element("th scope=\"col\"", "Register").element("th scope=\"col\"", "Value");
        html.element("th scope=\"col\"", "Is")
                .tag("/tr")
                .tag("/thead")
                .tag("tbody")
                .newline();
        for (AnnotatedRegister register : registers) {
            String digits = Long.toHexString(register.value());
            html.tag("tr").element("th scope=\"row\"", register.name());
            html.tag("td")
                    .element("code", "0".repeat(16 - digits.length()) + digits)
                    .tag("/td");
            html.element("td", register.note()).tag("/tr").newline();
        }
        html.tag("/tbody").tag("/table").tag("/div").newline();
        end();
    }

    private void blocked(List<BlockedTask> blocked) throws IOException {
        if (blocked.isEmpty()) {
            return;
        }
        begin("blocked", "Blocked tasks");
        for (BlockedTask task : blocked) {
            String pid = task.pid().isPresent() ? " (pid " + task.pid().getAsInt() + ")" : "";
            String since = task.seconds() < 0 ? "" : ", for more than " + task.seconds() + " s";
            String waits = task.waits().isEmpty() ? "" : ", waits for " + task.waits();
            html.tag("details").element("summary", task.comm() + pid + since + waits);
            frames(task.frames());
            html.tag("/details").newline();
        }
        end();
    }

    private void incidents(List<Incident> incidents) throws IOException {
        if (incidents.isEmpty()) {
            return;
        }
        begin("incidents", "What else the log tells");
        html.tag("ul").newline();
        for (Incident incident : incidents) {
            html.tag("li")
                    .element("small", incident.before() ? "before" : "after")
                    .text(" ");
            if (!incident.time().isEmpty()) {
                html.element("code", incident.time()).text(" ");
            }
            html.text(incident.text()).tag("/li").newline();
        }
        html.tag("/ul").newline();
        end();
    }

    private void memory(Report report) throws IOException {
        List<Fact> memory = report.memory();
        if (memory.isEmpty()) {
            return;
        }
        begin("memory", "Memory");
        html.tag("dl class=\"wide\"").newline();
        for (Fact fact : memory) {
            pair(capital(fact.name()), fact.value());
        }
        html.tag("/dl").newline();
        if (!report.processes().isEmpty()) {
            html.tag("details")
                    .element("summary", "Largest processes")
                    .tag("ul")
                    .newline();
            for (ProcessMemory process : report.processes()) {
                html.element("li", process.describe()).newline();
            }
            html.tag("/ul").tag("/details").newline();
        }
        end();
    }

    private void signature(Report report) throws IOException {
        if (report.signature().isEmpty()) {
            return;
        }
        Signature signature = report.signature().get();
        begin("signature", "Is it known?");
        html.element(
                "p",
                "Deaths with the same problem key probably have the same cause; those with the same variant"
                        + " came to it the same way.");
        html.tag("dl").newline();
        key("Problem", signature.problemKey(), signature.problemText());
        key("Variant", signature.variantKey(), signature.variantText());
        for (String alias : signature.aliases()) {
            key("Or", "", alias);
        }
        html.tag("/dl").newline();
        end();
    }

    private void key(String name, String key, String text) throws IOException {
        html.tag("div").element("dt", name).tag("dd");
        if (!key.isEmpty()) {
            html.element("code", key).text(" ");
        }
        html.element("small", text).tag("/dd").tag("/div").newline();
    }

    private void taints(List<Victim.Taint> taints) throws IOException {
        if (taints.isEmpty()) {
            return;
        }
        begin("taint", "Before that");
        html.tag("ul").newline();
        for (Victim.Taint taint : taints) {
            html.tag("li")
                    .element("code", String.valueOf(taint.letter()))
                    .text(" " + taint.meaning())
                    .tag("/li")
                    .newline();
        }
        html.tag("/ul").newline();
        end();
    }

    private void log(Report report) throws IOException {
        if (report.log().isEmpty()) {
            return;
        }
        begin("log", "Log");
        html.tag("pre class=\"log\" tabindex=\"0\"").newline();
        String panic = report.panic().map(LogLine::text).orElse("");
        for (LogLine line : report.log()) {
            String time = line.time().isEmpty() ? "" : "[" + line.time() + "] ";
            boolean marked = !panic.isEmpty() && line.text().equals(panic);
            html.element("span class=\"time\"", time)
                    .element(marked ? "mark" : "span", line.text())
                    .newline();
        }
        html.tag("/pre").newline();
        end();
    }

    private void modules(List<LoggedModule> modules) throws IOException {
        if (modules.isEmpty()) {
            return;
        }
        begin("modules", "Modules");
        html.tag("details").element("summary", count(modules.size(), "module")).tag("p class=\"modules\"");
        for (LoggedModule module : modules) {
            String flags = module.flags().isEmpty() ? "" : "(" + module.flags() + ")";
            html.element(module.outOfTree() ? "b" : "span", module.name() + flags)
                    .text(" ");
        }
        html.tag("/p").tag("/details").newline();
        end();
    }

    private void missing(List<String> missing) throws IOException {
        if (missing.isEmpty()) {
            return;
        }
        begin("missing", "Not known");
        html.tag("ul").newline();
        for (String what : missing) {
            html.element("li", what).newline();
        }
        html.tag("/ul").newline();
        end();
    }
}
