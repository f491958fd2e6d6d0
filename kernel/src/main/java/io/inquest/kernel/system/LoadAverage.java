package io.inquest.kernel.system;

/// How many tasks ran or waited for the disk, averaged over the last minutes.
public record LoadAverage(double oneMinute, double fiveMinutes, double fifteenMinutes) {

    /// Bits of the fraction (kernel: `include/linux/sched/loadavg.h`, `FSHIFT`).
    private static final int FRACTION_BITS = 11;

    static LoadAverage ofFixedPoint(long one, long five, long fifteen) {
        double scale = 1L << FRACTION_BITS;
        return new LoadAverage(one / scale, five / scale, fifteen / scale);
    }

    /// `1.41, 0.32, 0.11`, rounded as in `/proc/loadavg`.
    public String text() {
        return hundredths(oneMinute) + ", " + hundredths(fiveMinutes) + ", " + hundredths(fifteenMinutes);
    }

    /// Adds the two hundredth part of 1 in whole steps of the fraction, and cuts (kernel: `fs/proc/loadavg.c`).
    private static String hundredths(double load) {
        long scale = 1L << FRACTION_BITS;
        long hundredths = ((long) (load * scale) + scale / 200) * 100 / scale;
        long rest = hundredths % 100;
        return hundredths / 100 + "." + (rest < 10 ? "0" : "") + rest;
    }
}
