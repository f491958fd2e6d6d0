package io.inquest.dump.io;

/// What a disk still has to do, as far as one can tell from how long it took until what was written was
/// durable.
///
/// A force takes a time of its own, whatever there is to do (a journal, a cache that is emptied), and a
/// time for each byte; both are found from forces of different sizes. So much is left to gather for the
/// next one that the first is a small part of it, and until that is there, the disk has nothing to do: it
/// counts as busy only as long as there is more than that.
///
/// It has no clock: who calls says what time it is, in nanoseconds. One thread at a time.
/// `AdaptivePackingTest` finds the numbers good.
public final class DiskBacklog {

    /// The disk is to be known soon, so the first forces are small; each may be twice as large as the last.
    private static final long FIRST_BYTES = 1 << 20;

    private static final long LEAST_BYTES = 8 << 20;

    /// As much memory as the system's cache can always spare.
    private static final long MOST_BYTES = 64 << 20;

    /// A force is worth its own time if that is at most one of so many parts of it.
    private static final double WORTH = 20;

    /// How much more than the next force has to be there before the disk counts as busy.
    private static final double RESERVE = 1.5;

    /// What the forces before still count when another one is measured.
    private static final double KEPT = 0.8;

    /// Below this, forces were too much alike to tell their own time from that of their bytes: variance by
    /// squared mean.
    private static final double LEAST_VARIANCE = 0.01;

    /// The disk is not taken to be faster than so many times what a force took.
    private static final double FASTEST = 10;

    private long leastBytes = FIRST_BYTES;
    private long waitingBytes;
    private long forcedBytes;
    private long forcedSince;
    private double weight;
    private double meanBytes;
    private double meanNanos;
    private double variance;
    private double covariance;
    private double nanosPerByte;
    private double nanosPerForce;

    /// Of a disk that was given nothing yet.
    public DiskBacklog() {}

    /// So many bytes were written, and wait for a force.
    public void add(long bytes) {
        waitingBytes += bytes;
    }

    /// Whether enough waits for a force to begin, and none is under way.
    public boolean isForceDue() {
        return !isForcing() && waitingBytes >= leastBytes;
    }

    public boolean isForcing() {
        return forcedBytes > 0;
    }

    /// A force of all that waits begins.
    public void beginForce(long now) {
        forcedBytes = waitingBytes;
        forcedSince = now;
        waitingBytes = 0;
    }

    /// The force that began last is done.
    public void endForce(long now) {
        measure((double) forcedBytes, (double) (now - forcedSince));
        long worthwhile = (long) (WORTH * nanosPerForce / nanosPerByte);
        leastBytes = Math.min(2 * leastBytes, Math.clamp(worthwhile, LEAST_BYTES, MOST_BYTES));
        forcedBytes = 0;
    }

    /// Fits a line to the forces so far, the last of which count most.
    private void measure(double bytes, double nanos) {
        weight = KEPT * weight + 1;
        double share = 1 / weight;
        double moreBytes = bytes - meanBytes;
        double moreNanos = nanos - meanNanos;
        meanBytes += share * moreBytes;
        meanNanos += share * moreNanos;
        variance = (1 - share) * (variance + share * moreBytes * moreBytes);
        covariance = (1 - share) * (covariance + share * moreBytes * moreNanos);
        double slowest = Math.max(meanNanos / meanBytes, Double.MIN_NORMAL);
        if (variance > LEAST_VARIANCE * meanBytes * meanBytes) {
            nanosPerByte = Math.clamp(covariance / variance, slowest / FASTEST, slowest);
            nanosPerForce = meanNanos - nanosPerByte * meanBytes;
        } else {
            nanosPerByte = Math.max((meanNanos - nanosPerForce) / meanBytes, slowest / FASTEST);
        }
    }

    /// Somebody else forces all that waits, so nothing has to.
    public void forget() {
        waitingBytes = 0;
    }

    /// What there is still to do.
    public Backlog at(long now) {
        if (nanosPerByte == 0) {
            // Until it is known, a disk at work is taken to be so slow that there is time for everything, and one that
            // waits for its first work gets it as soon as can be.
            return new Backlog(isForcing() ? Long.MAX_VALUE / 2 : 0, 0);
        }
        if (!isForcing()) {
            return new Backlog(0, nanosPerByte);
        }
        double left = Math.max(nanosPerForce + forcedBytes * nanosPerByte - (now - forcedSince), 0);
        double gathered = waitingBytes - RESERVE * leastBytes;
        return new Backlog((long) Math.max(left + gathered * nanosPerByte, 0), nanosPerByte);
    }
}
