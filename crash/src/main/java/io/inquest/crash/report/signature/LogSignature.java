package io.inquest.crash.report.signature;

import io.inquest.crash.report.CallFrame;
import io.inquest.crash.report.DeathKind;
import io.inquest.crash.report.log.LoggedEvent;
import io.inquest.crash.report.log.LoggedModule;
import io.inquest.crash.report.log.TraceSection;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// The signature of an event that a log tells of.
public final class LogSignature {

    /// `TAINT_OOT_MODULE` as an oops prints it.
    private static final char OUT_OF_TREE = 'O';

    private LogSignature() {}

    /// Of the event alone.
    public static Signature of(LoggedEvent event) {
        return of(event, event.modules());
    }

    /// Of the event, with the modules that another event or the dump tells of: not every event lists them.
    public static Signature of(LoggedEvent event, List<LoggedModule> modules) {
        FrameChoice choice = new FrameChoice(event.kind(), foreign(event, modules));
        if (event.wrapper() || !choice.needsFunction()) {
            return choice.withoutFrames(!event.wrapper());
        }
        return switch (event.kind()) {
            case LOCKDEP, HELD_LOCK ->
                choice.ofNames(event.lockSites().stream().limit(2).sorted().toList());
            case STACK_PROTECTOR -> event.trap().map(choice::ofNamed).orElseGet(() -> choice.withoutFrames(true));
            case PANIC -> choice.ofWords(PlainWords.of(event.held("text")), backtrace(event));
            default -> choice.of(backtrace(event));
        };
    }

    /// Modules that are not part of the kernel's own tree. A stall, a broken stack or what KFENCE caught lists no
    /// modules; then the taint tells that there are foreign ones, and those in the backtrace are taken to be.
    private static Set<String> foreign(LoggedEvent event, List<LoggedModule> modules) {
        if (modules.isEmpty() && event.task().taint().indexOf(OUT_OF_TREE) >= 0) {
            return backtrace(event).stream()
                    .map(CallFrame::module)
                    .filter(module -> !module.isEmpty())
                    .collect(Collectors.toUnmodifiableSet());
        }
        return modules.stream()
                .filter(LoggedModule::outOfTree)
                .map(LoggedModule::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    /// The event's backtrace, innermost frame first, with the function whose registers were saved; of an object
    /// or page that is wrong by itself, that of its allocation.
    public static List<CallFrame> backtrace(LoggedEvent event) {
        List<CallFrame> allocation = event.trace(TraceSection.ALLOCATION);
        boolean blamesOwner =
                event.kind() == DeathKind.BAD_PAGE || event.kind() == DeathKind.LEAK || event.kind() == DeathKind.KMSAN;
        if (blamesOwner && !allocation.isEmpty()) {
            return allocation;
        }
        List<CallFrame> frames = new ArrayList<>();
        event.trap().ifPresent(frames::add);
        frames.addAll(event.trace(TraceSection.EVENT));
        return frames;
    }
}
