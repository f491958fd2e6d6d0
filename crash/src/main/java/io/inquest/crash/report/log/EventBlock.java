package io.inquest.crash.report.log;

import io.inquest.crash.report.CallFrame;
import io.inquest.crash.report.DeathKind;
import io.inquest.crash.report.Family;
import io.inquest.crash.report.StackKind;
import io.inquest.crash.report.Trust;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// An event of which more lines may come.
final class EventBlock {

    private static final int MOST_LINES = 600;
    private static final int MOST_FRAMES = 300;
    /// A line whose kind is more telling than that of a vague head comes soon or not at all.
    private static final int LINES_OF_A_HEAD = 8;

    private DeathKind kind;
    private EventTable.Match match;
    private LogLine head;
    private OopsTask task = OopsTask.UNKNOWN;
    private Optional<CallFrame> trap = Optional.empty();
    private final Map<TraceSection, List<CallFrame>> frames = new EnumMap<>(TraceSection.class);
    private final List<LoggedRegister> registers = new ArrayList<>();
    private final List<LoggedModule> modules = new ArrayList<>();
    private final List<String> lockSites = new ArrayList<>();
    private final List<LogLine> lines = new ArrayList<>();
    private TraceSection section = TraceSection.EVENT;
    private StackKind stack = StackKind.TASK;
    private Optional<LogLine> panic;
    private boolean inModules;
    private boolean closed;

    EventBlock(EventTable.Match match, LogLine head) {
        this.match = match;
        this.kind = match.kind();
        this.head = head;
        boolean panics = match.role() == EventTable.Role.PANIC || match.role() == EventTable.Role.WRAPPER;
        this.panic = panics ? Optional.of(head) : Optional.empty();
        take(head);
    }

    /// Whether another line with a row of the table still belongs to this event.
    boolean absorbs(EventTable.Match other) {
        if (closed || !frames.isEmpty() || lines.size() > LINES_OF_A_HEAD) {
            return false;
        }
        if (other.role() == EventTable.Role.SEQUEL) {
            return true;
        }
        // Only old kernels name the function before the line that counts the oops.
        if (trap.isPresent()) {
            return false;
        }
        return switch (other.role()) {
            case WRAPPER -> other.kind() == kind || other.kind() == DeathKind.UNKNOWN;
            case SEQUEL -> false;
            case PANIC -> other.kind() == kind;
            case VAGUE -> kind != DeathKind.HUNG_TASK && match.role() != EventTable.Role.WRAPPER;
            case EVENT -> explains(other.kind());
        };
    }

    /// Whether an event of that kind is the same as this one, told in other words.
    private boolean explains(DeathKind other) {
        boolean vague = match.role() == EventTable.Role.VAGUE;
        boolean alike = match.role() == EventTable.Role.EVENT && other.family() == kind.family();
        return kind != DeathKind.HUNG_TASK && (vague || alike);
    }

    /// Takes a line with a row of the table, which [#absorbs] said belongs here.
    void absorb(EventTable.Match other, LogLine line) {
        if (match.role() == EventTable.Role.VAGUE && other.role() == EventTable.Role.EVENT) {
            match = other;
            kind = other.kind();
            head = line;
        }
        if (other.role() == EventTable.Role.WRAPPER || other.role() == EventTable.Role.PANIC) {
            panic = Optional.of(line);
        }
        take(line);
    }

    boolean open() {
        return !closed;
    }

    /// Takes a line that may say more of the event.
    void take(LogLine line) {
        String text = line.text();
        if (text.startsWith("---[ end ") || lines.size() >= MOST_LINES) {
            closed = true;
            return;
        }
        lines.add(line);
        if (takeModules(text) || takeSection(text) || takeTask(text) || takeTrap(text)) {
            return;
        }
        takeLockSite(text);
        takeFrame(text);
        if (section == TraceSection.EVENT && trace().isEmpty()) {
            registers.addAll(RegisterLine.parse(text));
        }
    }

    private boolean takeModules(String text) {
        if (LoggedModule.beginsList(text)) {
            inModules = modules.isEmpty();
        } else if (!text.startsWith(" ") || text.indexOf('+') >= 0) {
            inModules = false;
        }
        if (inModules) {
            List<LoggedModule> more = LoggedModule.parse(text);
            modules.addAll(more);
            inModules = !more.isEmpty();
        }
        return inModules;
    }

    private boolean takeSection(String text) {
        Optional<TraceSection> begun = TraceSection.begunBy(text);
        if (begun.isPresent()) {
            boolean victim = begun.get() == TraceSection.OTHER && showsVictim(text);
            section = victim ? TraceSection.EVENT : begun.get();
            stack = StackKind.TASK;
            return true;
        }
        boolean namesTask = text.startsWith("task:") && kind != DeathKind.RCU_STALL;
        if (text.startsWith("Call Trace:") || text.startsWith("Call trace:") || text.startsWith("CPU: ") || namesTask) {
            stack = StackKind.TASK;
            if (section == TraceSection.ALLOCATION || section == TraceSection.FREE) {
                section = TraceSection.EVENT;
            }
        }
        return false;
    }

    /// A stalled CPU is often shown by an NMI that another one sends it.
    private boolean showsVictim(String text) {
        boolean stall = kind == DeathKind.RCU_STALL || kind == DeathKind.HARD_LOCKUP;
        return stall && trace().isEmpty() && (text.contains("NMI backtrace") || text.contains("Sending NMI"));
    }

    private boolean takeTask(String text) {
        Optional<OopsTask> found = OopsTask.parse(text);
        if (found.isPresent() && section == TraceSection.EVENT) {
            task = task.or(found.get());
        }
        return found.isPresent();
    }

    private boolean takeTrap(String text) {
        Optional<CallFrame> found = TrapLine.parse(text);
        if (found.isEmpty()) {
            return false;
        }
        if (section == TraceSection.EVENT && trace().isEmpty()) {
            trap = trap.or(() -> found);
        } else if (section == TraceSection.EVENT && !isShown(found.get())) {
            stack = StackKind.INTERRUPTED;
            add(found.get().on(stack));
        }
        return true;
    }

    /// Many kernels print the trap's function once more below the backtrace.
    private boolean isShown(CallFrame found) {
        return Stream.concat(trap.stream(), trace().stream())
                .anyMatch(frame -> frame.function().equals(found.function()));
    }

    private void takeLockSite(String text) {
        int at = text.indexOf(", at: ");
        if (kind.family() == Family.LOCKDEP && at > 0 && !text.contains("#")) {
            FrameLine.frameIn(text.substring(at + ", at: ".length())).ifPresent(site -> lockSites.add(site.function()));
        }
    }

    private void takeFrame(String text) {
        Optional<FrameLine> found = FrameLine.parse(text);
        if (found.isEmpty()) {
            return;
        }
        StackKind marker = found.get().marker();
        stack = marker == null ? stack : marker;
        found.get().frame().ifPresent(frame -> add(frame.on(stack)));
    }

    private void add(CallFrame frame) {
        List<CallFrame> trace = frames.computeIfAbsent(section, s -> new ArrayList<>());
        if (trace.size() < MOST_FRAMES) {
            trace.add(frame);
        }
    }

    private List<CallFrame> trace() {
        return frames.getOrDefault(TraceSection.EVENT, List.of());
    }

    LoggedEvent event() {
        return new LoggedEvent(
                kind,
                match.role() == EventTable.Role.WRAPPER,
                panic,
                head,
                match.held(),
                task,
                trap.or(this::namedFunction),
                Map.copyOf(frames),
                List.copyOf(registers),
                List.copyOf(modules),
                List.copyOf(lockSites),
                List.copyOf(lines));
    }

    /// The function that the head's line names, where nothing else does.
    private Optional<CallFrame> namedFunction() {
        String function = match.held().getOrDefault("function", "");
        return frames.isEmpty() || kind == DeathKind.STACK_PROTECTOR
                ? FrameLine.frameIn(function).map(frame -> frame.with(Trust.REGISTERS))
                : Optional.empty();
    }
}
