package io.inquest.crash.report.death;

import io.inquest.crash.report.AnnotatedFrame;
import io.inquest.crash.report.BlockedTask;
import io.inquest.crash.report.DeathKind;
import io.inquest.crash.report.log.LogLine;
import io.inquest.crash.report.log.LoggedEvent;
import io.inquest.crash.report.log.Story;
import io.inquest.crash.report.log.TraceSection;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/// The blocked tasks that the kernel's own watchdog (khungtaskd) logged.
///
/// | Line                                                                | Since                           |
/// |---------------------------------------------------------------------|---------------------------------|
/// | `INFO: task NAME:PID blocked for more than N seconds.`               | 2.6.30                          |
/// | `INFO: task NAME:PID is blocked on a mutex likely owned by task O:P.` | CONFIG_DETECT_HUNG_TASK_BLOCKER |
public final class HungTasks {

    private static final String BLOCKED_ON = " blocked on a";
    private static final long UNKNOWN = -1;

    private HungTasks() {}

    /// Those of the story, each once, in the log's order.
    public static List<BlockedTask> of(Story story) {
        List<BlockedTask> blocked = new ArrayList<>();
        Stream.of(story.earlier(), story.subject().stream().toList(), story.later())
                .flatMap(List::stream)
                .filter(event -> event.kind() == DeathKind.HUNG_TASK && !event.wrapper())
                .map(HungTasks::task)
                .filter(task -> blocked.stream().noneMatch(known -> known.pid().equals(task.pid())))
                .forEach(blocked::add);
        return blocked;
    }

    private static BlockedTask task(LoggedEvent event) {
        String task = event.held("task");
        int colon = task.lastIndexOf(':');
        String comm = colon < 0 ? task : task.substring(0, colon);
        OptionalInt pid = number(colon < 0 ? "" : task.substring(colon + 1));
        OptionalInt seconds = number(event.held("seconds"));
        List<AnnotatedFrame> frames = event.trace(TraceSection.EVENT).stream()
                .map(frame -> new AnnotatedFrame(frame, false, ""))
                .toList();
        String waits = waits(event);
        return new BlockedTask(
                comm, pid, seconds.isPresent() ? seconds.getAsInt() : UNKNOWN, waits, "", holder(waits), frames);
    }

    private static String waits(LoggedEvent event) {
        for (LogLine line : event.lines()) {
            int at = line.text().indexOf(BLOCKED_ON);
            if (at >= 0) {
                String what = line.text().substring(at + BLOCKED_ON.length() - 1);
                return what.endsWith(".") ? what.substring(0, what.length() - 1) : what;
            }
        }
        return event.head().text().contains("I/O wait") ? "I/O" : "";
    }

    /// `a mutex likely owned by task NAME:PID`.
    private static OptionalInt holder(String waits) {
        int owned = waits.indexOf(" by task ");
        int colon = waits.lastIndexOf(':');
        if (owned < 0 || colon < owned) {
            return OptionalInt.empty();
        }
        String pid = waits.substring(colon + 1);
        int end = pid.indexOf(' ');
        return number(end < 0 ? pid : pid.substring(0, end));
    }

    private static OptionalInt number(String digits) {
        boolean number =
                !digits.isEmpty() && digits.length() < 10 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        return number ? OptionalInt.of(Integer.parseInt(digits)) : OptionalInt.empty();
    }
}
