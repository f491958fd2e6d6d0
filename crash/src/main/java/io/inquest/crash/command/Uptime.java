package io.inquest.crash.command;

/// Spans of time as crash writes them: `00:03:47`, `10 days, 14:14:39`.
public final class Uptime {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private Uptime() {}

    /// Whole seconds of a number of nanoseconds.
    public static String of(long nanoseconds) {
        long seconds = nanoseconds / NANOS_PER_SECOND;
        long days = seconds / 86_400;
        return (days == 0 ? "" : days + " days, ") + clock(seconds % 86_400);
    }

    /// `14:14:39` of the seconds of a day.
    public static String clock(long seconds) {
        return two(seconds / 3600) + ":" + two(seconds / 60 % 60) + ":" + two(seconds % 60);
    }

    private static String two(long number) {
        return number < 10 ? "0" + number : Long.toString(number);
    }
}
