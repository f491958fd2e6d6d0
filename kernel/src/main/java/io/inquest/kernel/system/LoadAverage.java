package io.inquest.kernel.system;

/// How many tasks ran or waited for the disk, averaged over the last minutes.
public record LoadAverage(double oneMinute, double fiveMinutes, double fifteenMinutes) {

    /// Bits of the fraction (kernel: `include/linux/sched/loadavg.h`, `FSHIFT`).
    private static final int FRACTION_BITS = 11;

    static LoadAverage ofFixedPoint(long one, long five, long fifteen) {
        double scale = 1L << FRACTION_BITS;
        return new LoadAverage(one / scale, five / scale, fifteen / scale);
    }
}
