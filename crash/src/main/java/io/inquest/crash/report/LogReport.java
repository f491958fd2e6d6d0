package io.inquest.crash.report;

import io.inquest.crash.report.death.Analyzers;
import io.inquest.crash.report.death.Evidence;
import io.inquest.crash.report.death.Finding;
import io.inquest.crash.report.death.HungTasks;
import io.inquest.crash.report.death.KnownValue;
import io.inquest.crash.report.log.EventReader;
import io.inquest.crash.report.log.LogLine;
import io.inquest.crash.report.log.LoggedEvent;
import io.inquest.crash.report.log.LoggedModule;
import io.inquest.crash.report.log.LoggedRegister;
import io.inquest.crash.report.log.OopsTask;
import io.inquest.crash.report.log.Story;
import io.inquest.crash.report.log.TraceSection;
import io.inquest.crash.report.signature.FrameName;
import io.inquest.crash.report.signature.LogSignature;
import io.inquest.crash.report.signature.Signature;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The report that a kernel's log alone allows.
public final class LogReport {

    private static final int LINES_BEFORE = 50;
    private static final int LINES_AFTER = 150;
    private static final int LAST_LINES = 40;

    private final String source;
    private final List<LogLine> lines;
    private final Story story;

    private LogReport(String source, List<LogLine> lines) {
        this.source = source;
        this.lines = lines;
        this.story = Story.of(EventReader.events(lines));
    }

    /// What the lines tell.
    ///
    /// @param source where they come from, for the reader
    public static Report of(String source, List<LogLine> lines) {
        LogReport report = new LogReport(source, lines);
        return report.story.subject().map(report::death).orElseGet(report::noDeath);
    }

    private Report noDeath() {
        List<LogLine> last = lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size());
        return new Report(
                source,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                last,
                List.of("the log tells of no death"));
    }

    private Report death(LoggedEvent event) {
        Signature signature = LogSignature.of(event);
        Victim victim = LoggedVictim.of(event);
        List<CallFrame> backtrace = LogSignature.backtrace(event);
        Finding finding = Analyzers.find(new Evidence(story, event, signature, victim, backtrace, event.registers()));
        List<Fact> facts = new ArrayList<>(finding.facts());
        if (story.hardwareSuspected()) {
            facts.add(new Fact("verdict", "hardware suspected: it reported errors shortly before"));
        }
        Cause cause = new Cause(event.kind(), Titles.of(signature), finding.sentence(), List.copyOf(facts));
        OopsTask task = task(event);
        return new Report(
                source,
                Optional.of(cause),
                Optional.of(signature),
                story.panic(),
                system(task),
                Optional.of(victim),
                Victim.taints(task.taint()),
                event.registers().stream().map(LogReport::annotate).toList(),
                backtraces(event, signature),
                incidents(),
                HungTasks.of(story),
                List.of(),
                modules(),
                around(event),
                missing(event));
    }

    /// The header of the event, or of the panic that follows: which of them printed one differs.
    private OopsTask task(LoggedEvent event) {
        return story.later().stream()
                .map(LoggedEvent::task)
                .filter(task ->
                        event.task().release().isEmpty() && !task.release().isEmpty())
                .findFirst()
                .orElse(event.task());
    }

    private static List<Fact> system(OopsTask task) {
        return task.release().isEmpty() ? List.of() : List.of(new Fact("kernel", task.release()));
    }

    private static AnnotatedRegister annotate(LoggedRegister register) {
        return new AnnotatedRegister(
                register.name(),
                register.value(),
                KnownValue.ofRegister(register.value()).orElse(""));
    }

    private static List<Backtrace> backtraces(LoggedEvent event, Signature signature) {
        List<Backtrace> all = new ArrayList<>();
        List<CallFrame> own = new ArrayList<>();
        event.trap().ifPresent(own::add);
        own.addAll(event.trace(TraceSection.EVENT));
        add(all, "Where it happened", own, signature);
        add(all, "Allocated by", event.trace(TraceSection.ALLOCATION), signature);
        add(all, "Freed by", event.trace(TraceSection.FREE), signature);
        return all;
    }

    private static void add(List<Backtrace> all, String title, List<CallFrame> frames, Signature signature) {
        if (frames.isEmpty()) {
            return;
        }
        String primary = signature.frames().isEmpty()
                ? ""
                : signature.frames().getFirst().name();
        List<AnnotatedFrame> annotated = new ArrayList<>();
        boolean found = false;
        for (CallFrame frame : frames) {
            boolean isPrimary = !found
                    && frame.trust().reliable()
                    && FrameName.of(frame.function()).equals(primary);
            found |= isPrimary;
            annotated.add(new AnnotatedFrame(frame, isPrimary, ""));
        }
        all.add(new Backtrace(title, annotated, ""));
    }

    private List<Incident> incidents() {
        List<Incident> incidents = new ArrayList<>();
        story.earlier().forEach(event -> incidents.add(incident(event, true)));
        story.later().forEach(event -> incidents.add(incident(event, false)));
        return incidents;
    }

    private static Incident incident(LoggedEvent event, boolean before) {
        return new Incident(
                event.head().time().strip(), event.kind(), event.head().text(), before);
    }

    /// Each oops lists them; the first list that is there.
    private List<LoggedModule> modules() {
        return Stream.of(story.subject().stream().toList(), story.later(), story.earlier())
                .flatMap(List::stream)
                .map(LoggedEvent::modules)
                .filter(list -> !list.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    private List<LogLine> around(LoggedEvent event) {
        int at = event.head().number() - 1;
        int from = Math.max(0, at - LINES_BEFORE);
        return lines.subList(from, Math.min(lines.size(), at + LINES_AFTER));
    }

    private static List<String> missing(LoggedEvent event) {
        List<String> missing = new ArrayList<>();
        if (event.wrapper()) {
            missing.add("the event itself: the log holds only the panic that followed it");
        }
        if (event.trap().isEmpty() && event.trace(TraceSection.EVENT).isEmpty()) {
            missing.add("a backtrace: the log has none");
        }
        boolean guessed = !event.trace(TraceSection.EVENT).isEmpty()
                && event.trace(TraceSection.EVENT).stream()
                        .noneMatch(frame -> frame.trust().reliable());
        if (guessed) {
            missing.add("a reliable backtrace: every frame of the log's is a guess");
        }
        return missing;
    }
}
