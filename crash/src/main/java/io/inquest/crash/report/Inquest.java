package io.inquest.crash.report;

import io.inquest.crash.report.code.LoggedCode;
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
import io.inquest.crash.report.signature.Signature;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Joins what a kernel's log tells and what its memory shows to a report.
///
/// The log says what happened, as the kernel saw it; the memory, where there is a dump, says more of the same and
/// what else was the matter.
public final class Inquest {

    private static final int LINES_BEFORE = 50;
    private static final int LINES_AFTER = 150;
    private static final int LAST_LINES = 60;

    private final String source;
    private final List<LogLine> lines;
    private final DumpFacts facts;
    private final Story story;

    private Inquest(String source, List<LogLine> lines, DumpFacts facts) {
        this.source = source;
        this.lines = lines;
        this.facts = facts;
        this.story = Story.of(EventReader.events(lines));
    }

    /// The report that a log alone allows.
    ///
    /// @param source where the lines come from, for the reader
    public static Report of(String source, List<LogLine> lines) {
        return of(source, lines, DumpFacts.NONE);
    }

    /// The report of a log and what else is known.
    public static Report of(String source, List<LogLine> lines, DumpFacts facts) {
        return new Inquest(source, lines, facts).report();
    }

    private Report report() {
        Optional<LoggedEvent> event = story.subject();
        List<BlockedTask> blocked = blocked();
        Optional<Signature> signature = Signatures.of(event, facts, blocked, modules());
        Optional<Victim> victim = victim();
        Optional<Cause> cause = cause(event, signature, victim, blocked);
        Optional<OopsTask> task = event.map(this::task);
        return new Report(
                source,
                cause,
                signature,
                story.panic(),
                facts.system().isEmpty() ? system(task) : facts.system(),
                victim,
                facts.taints().isEmpty()
                        ? Victim.taints(task.map(OopsTask::taint).orElse(""))
                        : facts.taints(),
                registers(event),
                code(event),
                Backtraces.of(event, facts, signature),
                incidents(),
                blocked,
                facts.memory(),
                facts.processes(),
                modules(),
                around(event),
                missing(event));
    }

    private Optional<Cause> cause(
            Optional<LoggedEvent> event,
            Optional<Signature> signature,
            Optional<Victim> victim,
            List<BlockedTask> blocked) {
        if (signature.isEmpty()) {
            return Optional.empty();
        }
        DeathKind kind = signature.get().kind();
        String title = Titles.of(signature.get());
        Victim who = victim.orElse(Victim.UNKNOWN);
        if (event.isEmpty()) {
            String where = signature
                    .get()
                    .function()
                    .map(frame -> " in " + frame.name())
                    .orElse("");
            String by = who.describe().isEmpty() ? "" : ", running " + who.describe();
            return Optional.of(
                    new Cause(kind, title, "The kernel died" + where + by + "; its log does not tell why", List.of()));
        }
        Evidence evidence = new Evidence(
                story,
                event.get(),
                signature.get(),
                who,
                Backtraces.whereItHappened(event.get(), facts),
                registers(event),
                blocked,
                facts.processes());
        Finding finding = Analyzers.find(evidence);
        List<Fact> known = new ArrayList<>(finding.facts());
        known.addAll(code(event).facts());
        if (kind == DeathKind.OOM) {
            facts.topConsumer().ifPresent(known::add);
        }
        if (story.hardwareSuspected()) {
            known.add(new Fact("verdict", "hardware suspected: it reported errors shortly before"));
        }
        return Optional.of(new Cause(kind, title, finding.sentence(), List.copyOf(known)));
    }

    /// The log's, with what only the dump tells; of a hung task the log's alone, since the dump's is the
    /// watchdog.
    private Optional<Victim> victim() {
        Optional<Victim> logged = story.subject().map(LoggedVictim::of);
        if (logged.isEmpty()) {
            return facts.victim();
        }
        boolean hung = story.subject().get().kind() == DeathKind.HUNG_TASK;
        return hung || facts.victim().isEmpty()
                ? logged
                : Optional.of(logged.get().or(facts.victim().get()));
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

    private static List<Fact> system(Optional<OopsTask> task) {
        return task.filter(known -> !known.release().isEmpty()).stream()
                .map(known -> new Fact("kernel", known.release()))
                .toList();
    }

    private List<AnnotatedRegister> registers(Optional<LoggedEvent> event) {
        if (!facts.registers().isEmpty()) {
            return facts.registers();
        }
        return event.stream()
                .flatMap(logged -> logged.registers().stream())
                .map(Inquest::annotate)
                .toList();
    }

    private static AnnotatedRegister annotate(LoggedRegister register) {
        return new AnnotatedRegister(
                register.name(),
                register.value(),
                KnownValue.ofRegister(register.value()).orElse(""));
    }

    /// Of a hung task neither shows where it waits.
    private DeadCode code(Optional<LoggedEvent> event) {
        if (event.isEmpty() || event.get().kind() == DeathKind.HUNG_TASK) {
            return DeadCode.NONE;
        }
        return facts.code().lines().isEmpty() ? LoggedCode.of(event.get()) : facts.code();
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

    /// Those that the log names first: they have waited longest.
    private List<BlockedTask> blocked() {
        List<BlockedTask> all = new ArrayList<>();
        List<BlockedTask> logged = HungTasks.of(story);
        for (BlockedTask task : logged) {
            Optional<BlockedTask> dumped = withPid(facts.blocked(), task);
            all.add(dumped.isPresent() ? dumped.get().withSeconds(task) : task);
        }
        for (BlockedTask task : facts.blocked()) {
            if (withPid(logged, task).isEmpty()) {
                all.add(task);
            }
        }
        return all;
    }

    private static Optional<BlockedTask> withPid(List<BlockedTask> tasks, BlockedTask wanted) {
        return tasks.stream().filter(task -> task.pid().equals(wanted.pid())).findFirst();
    }

    /// Each oops lists them; the first list that is there.
    private List<LoggedModule> modules() {
        if (!facts.modules().isEmpty()) {
            return facts.modules();
        }
        return Stream.of(story.subject().stream().toList(), story.later(), story.earlier())
                .flatMap(List::stream)
                .map(LoggedEvent::modules)
                .filter(list -> !list.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    private List<LogLine> around(Optional<LoggedEvent> event) {
        if (event.isEmpty()) {
            return lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size());
        }
        int at = event.get().head().number() - 1;
        int from = Math.max(0, at - LINES_BEFORE);
        return lines.subList(from, Math.min(lines.size(), at + LINES_AFTER));
    }

    private List<String> missing(Optional<LoggedEvent> event) {
        List<String> missing = new ArrayList<>(facts.missing());
        if (event.isEmpty()) {
            missing.add("the log tells of no death");
            return missing;
        }
        if (event.get().wrapper()) {
            missing.add("the event itself: the log holds only the panic that followed it");
        }
        List<CallFrame> frames = Backtraces.whereItHappened(event.get(), facts);
        if (frames.isEmpty() && event.get().trace(TraceSection.ALLOCATION).isEmpty()) {
            missing.add("a backtrace: there is none");
        } else if (!frames.isEmpty()
                && frames.stream().noneMatch(frame -> frame.trust().reliable())) {
            missing.add("a reliable backtrace: every frame is a guess");
        }
        return missing;
    }
}
