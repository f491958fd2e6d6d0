package io.inquest.crash.report.log;

import java.util.OptionalLong;

/// A line of the kernel's log, without what printk, syslog or a console put before it.
///
/// @param number from 1, in the text it came from
/// @param nanoseconds since boot; absent where the log shows no times
/// @param caller who logged it: `T` and a thread, `C` and a CPU; empty where the log does not tell
/// @param text what was logged
/// @param whole false for a line that a console cut and printed again
public record LogLine(int number, OptionalLong nanoseconds, String caller, String text, boolean whole) {

    /// Seconds with microseconds, as the kernel prints them; empty where the log shows no times.
    public String time() {
        if (nanoseconds.isEmpty()) {
            return "";
        }
        long micros = nanoseconds.getAsLong() / 1000;
        String fraction = Long.toString(1_000_000 + micros % 1_000_000).substring(1);
        String seconds = Long.toString(micros / 1_000_000);
        return " ".repeat(Math.max(0, 5 - seconds.length())) + seconds + "." + fraction;
    }

    LogLine cutShort() {
        return new LogLine(number, nanoseconds, caller, text, false);
    }
}
