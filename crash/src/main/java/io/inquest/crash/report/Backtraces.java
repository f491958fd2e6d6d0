package io.inquest.crash.report;

import io.inquest.crash.report.log.LoggedEvent;
import io.inquest.crash.report.log.TraceSection;
import io.inquest.crash.report.signature.FrameName;
import io.inquest.crash.report.signature.Signature;
import io.inquest.crash.report.signature.UsefulFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The backtraces that a report shows, and which of their frames names the death.
///
/// Where a dump shows the stack that the log tells of, the dump's is taken: it is not cut, and its frames are
/// sure.
final class Backtraces {

    private static final String WHERE = "Where it happened";
    private static final String HUNG = "Where the hung task waits";

    private Backtraces() {}

    static List<Backtrace> of(Optional<LoggedEvent> event, DumpFacts facts, Optional<Signature> signature) {
        List<Backtrace> all = new ArrayList<>();
        if (event.isPresent()) {
            boolean dumped = isDumped(event.get(), facts);
            List<CallFrame> logged = logged(event.get());
            if (dumped) {
                all.add(new Backtrace(
                        WHERE,
                        facts.stack().getFirst().frames(),
                        facts.stack().getFirst().end()));
            } else if (!logged.isEmpty()) {
                String title = event.get().kind() == DeathKind.HUNG_TASK
                                && !event.get().wrapper()
                        ? HUNG
                        : WHERE;
                all.add(backtrace(facts.stack().isEmpty() ? title : title + ", as the log has it", logged));
            }
            add(all, "Allocated by", event.get().trace(TraceSection.ALLOCATION));
            add(all, "Freed by", event.get().trace(TraceSection.FREE));
            if (!dumped) {
                all.addAll(facts.stack());
            }
        } else {
            all.addAll(facts.stack());
        }
        all.addAll(facts.otherCpus());
        return marked(
                all,
                signature.flatMap(Signature::function).map(UsefulFrame::name).orElse(""));
    }

    /// The frames at the event, innermost first; of several sources the better.
    static List<CallFrame> whereItHappened(LoggedEvent event, DumpFacts facts) {
        return isDumped(event, facts) ? facts.stackFrames() : logged(event);
    }

    private static List<CallFrame> logged(LoggedEvent event) {
        List<CallFrame> frames = new ArrayList<>();
        event.trap().ifPresent(frames::add);
        frames.addAll(event.trace(TraceSection.EVENT));
        return frames;
    }

    /// Whether the dump's stack is the one that the log tells of: then most of the log's sure functions are in
    /// it. The log's begins with those that print it, the dump's with those that save the registers.
    private static boolean isDumped(LoggedEvent event, DumpFacts facts) {
        if (event.kind() == DeathKind.HUNG_TASK || facts.stack().isEmpty()) {
            return false;
        }
        List<CallFrame> stack = facts.stackFrames();
        List<CallFrame> sure = logged(event).stream()
                .filter(frame -> frame.trust().reliable() && !frame.function().isEmpty())
                .toList();
        long common = sure.stream()
                .filter(frame -> stack.stream().anyMatch(other -> sameFunction(frame, other)))
                .count();
        return !stack.isEmpty() && 2 * common >= sure.size();
    }

    private static boolean sameFunction(CallFrame one, CallFrame other) {
        return FrameName.of(one.function()).equals(FrameName.of(other.function()));
    }

    private static void add(List<Backtrace> all, String title, List<CallFrame> frames) {
        if (!frames.isEmpty()) {
            all.add(backtrace(title, frames));
        }
    }

    private static Backtrace backtrace(String title, List<CallFrame> frames) {
        return new Backtrace(
                title,
                frames.stream()
                        .map(frame -> new AnnotatedFrame(frame, false, ""))
                        .toList(),
                "");
    }

    /// The first frame of that function, in the first backtrace that has one, names the death.
    private static List<Backtrace> marked(List<Backtrace> all, String function) {
        List<Backtrace> marked = new ArrayList<>();
        boolean found = function.isEmpty();
        for (Backtrace backtrace : all) {
            List<AnnotatedFrame> frames = new ArrayList<>();
            for (AnnotatedFrame annotated : backtrace.frames()) {
                CallFrame frame = annotated.frame();
                boolean names = !found
                        && frame.trust().reliable()
                        && FrameName.of(frame.function()).equals(function);
                found |= names;
                frames.add(new AnnotatedFrame(frame, names, annotated.note()));
            }
            marked.add(new Backtrace(backtrace.title(), frames, backtrace.end()));
        }
        return marked;
    }
}
