package io.inquest.crash.report.log;

import io.inquest.crash.report.DeathKind;
import io.inquest.crash.report.Family;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a log tells, put in order: the event that the kernel died of, and the others.
///
/// The first event owns the death, and the panic at the end only wraps it, but for this:
///
/// | An event                       | does not own the death when                                        |
/// |--------------------------------|--------------------------------------------------------------------|
/// | a warning, a data race, a leak | a fatal one comes more than 60 s later, or the crash was asked for |
/// | a report of lockdep            | a fatal one follows at all                                         |
/// | of the hardware                | another follows: then the hardware is suspected                    |
///
/// @param subject what it died of; absent if the log tells nothing
/// @param earlier what happened before and did not kill it
/// @param later what followed
/// @param panic the panic's line; absent if the log has none
/// @param hardwareSuspected whether the hardware reported errors shortly before
public record Story(
        Optional<LoggedEvent> subject,
        List<LoggedEvent> earlier,
        List<LoggedEvent> later,
        Optional<LogLine> panic,
        boolean hardwareSuspected) {

    private static final long WARNING_OWNS_NANOSECONDS = 60_000_000_000L;
    private static final long HARDWARE_OWNS_NANOSECONDS = 300_000_000_000L;
    private static final Set<Family> SURVIVED =
            EnumSet.of(Family.WARN, Family.RACE, Family.LEAK, Family.LOCKDEP, Family.HW);

    /// The story that events tell, oldest first.
    public static Story of(List<LoggedEvent> events) {
        List<LoggedEvent> candidates =
                events.stream().filter(event -> !event.wrapper()).toList();
        Optional<LoggedEvent> subject = candidates.stream()
                .filter(event -> owns(event, events))
                .findFirst()
                .or(() -> events.stream().findFirst());
        Optional<LogLine> panic =
                events.stream().flatMap(event -> event.panic().stream()).findFirst();
        if (subject.isEmpty()) {
            return new Story(subject, List.of(), List.of(), panic, false);
        }
        int at = events.indexOf(subject.get());
        List<LoggedEvent> earlier = new ArrayList<>(events.subList(0, at));
        boolean hardware = earlier.stream().anyMatch(event -> suspicious(event, subject.get()));
        return new Story(
                subject, List.copyOf(earlier), List.copyOf(events.subList(at + 1, events.size())), panic, hardware);
    }

    private static boolean owns(LoggedEvent event, List<LoggedEvent> events) {
        if (!SURVIVED.contains(event.kind().family()) || event.panic().isPresent()) {
            return true;
        }
        for (LoggedEvent later : events.subList(events.indexOf(event) + 1, events.size())) {
            boolean fatal =
                    later.panic().isPresent() || !SURVIVED.contains(later.kind().family());
            if (fatal && !ownsBefore(event, later)) {
                return false;
            }
        }
        return true;
    }

    private static boolean ownsBefore(LoggedEvent event, LoggedEvent fatal) {
        return switch (event.kind().family()) {
            case HW -> fatal.wrapper() || fatal.kind().family() == Family.HW;
            case LOCKDEP -> fatal.wrapper() && !longBefore(event, fatal, WARNING_OWNS_NANOSECONDS);
            default -> fatal.kind() != DeathKind.SYSRQ && !longBefore(event, fatal, WARNING_OWNS_NANOSECONDS);
        };
    }

    private static boolean suspicious(LoggedEvent event, LoggedEvent subject) {
        return event.kind().family() == Family.HW && !longBefore(event, subject, HARDWARE_OWNS_NANOSECONDS);
    }

    private static boolean longBefore(LoggedEvent event, LoggedEvent other, long nanoseconds) {
        return event.head().nanoseconds().isPresent()
                && other.head().nanoseconds().isPresent()
                && other.head().nanoseconds().getAsLong()
                                - event.head().nanoseconds().getAsLong()
                        > nanoseconds;
    }
}
