package io.inquest.dump;

/// When a machine crashed, as far as the container tells it: makedumpfile knows the second, QEMU the microsecond.
///
/// @param seconds since 1970
/// @param microseconds of that second, 0 to 999,999; 0 if not known
public record CrashTime(long seconds, int microseconds) {

    private static final int MICROSECONDS_PER_SECOND = 1_000_000;

    public CrashTime {
        if (microseconds < 0 || microseconds >= MICROSECONDS_PER_SECOND) {
            throw new IllegalArgumentException(microseconds + " microseconds");
        }
    }

    public static CrashTime ofSeconds(long seconds) {
        return new CrashTime(seconds, 0);
    }

    /// The time in a header's `struct timeval`, whose microseconds may be junk.
    public static CrashTime ofTimeval(long seconds, long microseconds) {
        boolean sane = microseconds >= 0 && microseconds < MICROSECONDS_PER_SECOND;
        return new CrashTime(seconds, sane ? (int) microseconds : 0);
    }
}
