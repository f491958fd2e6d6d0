package io.inquest.output;

/// Spans of time as people read them.
public final class Elapsed {

    private static final long MILLISECOND = 1_000_000;

    private Elapsed() {}

    /// `23 ms`, `4.2 s`, `58 s`, `3 min 05 s`, `2 h 07 min`, `12 d 03 h`.
    public static String format(long nanos) {
        long millis = nanos / MILLISECOND;
        if (millis < 1000) {
            return millis + " ms";
        }
        if (millis < 10_000) {
            return millis / 1000 + "." + millis % 1000 / 100 + " s";
        }
        long seconds = millis / 1000;
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3600) {
            return two(seconds / 60, " min ", seconds % 60, " s");
        }
        if (seconds < 86_400) {
            return two(seconds / 3600, " h ", seconds % 3600 / 60, " min");
        }
        return two(seconds / 86_400, " d ", seconds % 86_400 / 3600, " h");
    }

    private static String two(long major, String majorUnit, long minor, String minorUnit) {
        return major + majorUnit + (minor < 10 ? "0" : "") + minor + minorUnit;
    }
}
