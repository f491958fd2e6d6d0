package io.inquest.crash.report;

import io.inquest.crash.report.death.MachineCheck;
import io.inquest.crash.report.log.LoggedEvent;
import io.inquest.crash.report.log.LoggedModule;
import io.inquest.crash.report.signature.FrameChoice;
import io.inquest.crash.report.signature.LogSignature;
import io.inquest.crash.report.signature.Signature;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The signature of a death: the log's, unless it is a poor one and the dump's stacks give a better.
final class Signatures {

    private static final String SYSRQ = "sysrq_handle_crash";

    private Signatures() {}

    /// Empty if nothing tells of a death.
    ///
    /// @param blocked tasks that do not get on, those that the log names first
    /// @param modules those that the log or the dump lists
    static Optional<Signature> of(
            Optional<LoggedEvent> event, DumpFacts facts, List<BlockedTask> blocked, List<LoggedModule> modules) {
        Optional<Signature> chosen = chosen(event, facts, modules);
        Optional<String> known = chosen.map(Signature::kind)
                .flatMap(kind -> kind == DeathKind.HUNG_TASK
                        ? HungRoot.classOf(blocked, choice(kind, modules))
                        : classOf(kind, event, facts));
        return known.isEmpty() ? chosen : chosen.map(signature -> signature.alsoKnownBy(known.get()));
    }

    /// What tells deaths without a function apart: the hardware's error, or what took the memory.
    private static Optional<String> classOf(DeathKind kind, Optional<LoggedEvent> event, DumpFacts facts) {
        return switch (kind) {
            case MCE -> event.flatMap(MachineCheck::errorClass);
            case OOM -> facts.topConsumer().map(fact -> fact.value().split(",", -1)[0]);
            default -> Optional.empty();
        };
    }

    private static Optional<Signature> chosen(
            Optional<LoggedEvent> event, DumpFacts facts, List<LoggedModule> modules) {
        if (event.isEmpty()) {
            return facts.stack().isEmpty() ? Optional.empty() : Optional.of(ofStack(facts, modules));
        }
        Signature logged = LogSignature.of(event.get(), modules);
        FrameChoice choice = choice(logged.kind(), modules);
        List<CallFrame> frames = logged.kind() == DeathKind.HUNG_TASK ? blocked(facts) : facts.stackFrames();
        if (logged.confidence() == Confidence.HIGH || !choice.needsFunction() || frames.isEmpty()) {
            return Optional.of(logged);
        }
        Signature dumped = choice.of(frames);
        boolean sameEvent = !event.get().wrapper() || logged.kind() == DeathKind.HUNG_TASK;
        boolean better = logged.frames().isEmpty() && !dumped.frames().isEmpty();
        return Optional.of(sameEvent && better ? dumped : logged);
    }

    private static Signature ofStack(DumpFacts facts, List<LoggedModule> modules) {
        List<CallFrame> frames = facts.stackFrames();
        boolean asked = frames.stream().anyMatch(frame -> frame.function().equals(SYSRQ));
        FrameChoice choice = choice(asked ? DeathKind.SYSRQ : DeathKind.UNKNOWN, modules);
        return choice.needsFunction() ? choice.of(frames) : choice.withoutFrames(true);
    }

    private static FrameChoice choice(DeathKind kind, List<LoggedModule> modules) {
        Set<String> foreign = modules.stream()
                .filter(LoggedModule::outOfTree)
                .map(LoggedModule::name)
                .collect(Collectors.toUnmodifiableSet());
        return new FrameChoice(kind, foreign);
    }

    private static List<CallFrame> blocked(DumpFacts facts) {
        return facts.blocked().stream()
                .findFirst()
                .map(task -> task.frames().stream().map(AnnotatedFrame::frame).toList())
                .orElse(List.of());
    }
}
