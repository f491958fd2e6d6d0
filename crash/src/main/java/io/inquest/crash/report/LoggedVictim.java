package io.inquest.crash.report;

import io.inquest.crash.report.log.LoggedEvent;
import io.inquest.crash.report.log.OopsTask;
import java.util.OptionalInt;

/// Who died, as the log has it.
///
/// The header of an oops names the task; the lines of watchdogs name it as `NAME:PID` and the CPU.
final class LoggedVictim {

    private static final int MOST_DIGITS = 9;

    private LoggedVictim() {}

    static Victim of(LoggedEvent event) {
        OopsTask task = event.task();
        String named = event.held("task");
        int colon = named.lastIndexOf(':');
        if (event.kind() == DeathKind.HUNG_TASK) {
            // The header is that of the watchdog's own task, if there is one.
            return colon < 0
                    ? new Victim("", OptionalInt.empty(), OptionalInt.empty())
                    : new Victim(named.substring(0, colon), number(named.substring(colon + 1)), OptionalInt.empty());
        }
        OptionalInt cpu = number(event.held("cpu"));
        if (task.comm().isEmpty() && colon > 0) {
            return new Victim(named.substring(0, colon), number(named.substring(colon + 1)), cpu);
        }
        OptionalInt pid = task.pid().isPresent() ? task.pid() : number(event.held("pid"));
        return new Victim(task.comm(), pid, task.cpu().isPresent() ? task.cpu() : cpu);
    }

    private static OptionalInt number(String digits) {
        boolean number = !digits.isEmpty()
                && digits.length() <= MOST_DIGITS
                && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        return number ? OptionalInt.of(Integer.parseInt(digits)) : OptionalInt.empty();
    }
}
