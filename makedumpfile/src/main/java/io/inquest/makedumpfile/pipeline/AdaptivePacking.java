package io.inquest.makedumpfile.pipeline;

import io.inquest.dump.io.Backlog;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// Decides for each batch whether it is packed or stored as it is, so that a dump takes no longer than without
/// compression, nor than with it (`--adaptive`): a batch is packed if, with it packed, the target would not be
/// done later with it and the next batches than with it stored (see [WriteForecast]).
///
/// So a slow target gets packed pages only, one that is faster than the processors gets none, and between the two
/// what there is time to pack before the target needs it. Batches of a kind that does not pack are not tried one after
/// the other: after one that hardly became smaller the next is passed over, then two, at most [#MOST_SKIPPED].
///
/// It has no clock: who calls says what time it is, in nanoseconds. Safe for workers and the writer. The numbers below
/// are those with which `AdaptivePackingTest` finds it nowhere slower than it may be.
final class AdaptivePacking {

    /// Packing may take longer than it did, and takes processor time from the writer.
    private static final double SAFETY = 1.7;

    /// Until so many are packed and written, nothing is known, and all are packed.
    private static final int UNKNOWING_BATCHES = 4;

    /// How often the writer's speed is found: the system counts processor time by its ticks, of up to 10 ms.
    private static final long SPEED_NANOS = 20_000_000;

    /// What packing took is believed less with each batch that is not packed, or one slow moment would count for ever.
    private static final double FADING = 1 - 1.0 / 256;

    /// Weight of the last measurement in the means.
    private static final double LAST = 0.25;

    /// A batch that is not smaller than this share of itself was not worth the work.
    private static final double WORTHLESS = 0.95;

    private static final int MOST_SKIPPED = 8;

    /// The same where the target is busy for several times as long as packing takes: there trying costs no time.
    private static final int MOST_SKIPPED_IN_PEACE = 2;

    private static final int PEACE = 4;

    /// So many batches for each worker are looked at behind the one to be decided about.
    private static final int BEHIND_PER_WORKER = 2;

    private final int workers;
    private final Supplier<Optional<Backlog>> target;
    private final LongSupplier writersProcessorNanos;
    private final ArrayDeque<Batch> underWay = new ArrayDeque<>();
    private int packed;
    private int written;
    private double trust = 1;
    private double packNanos;
    private double rawNanos;
    private double packedBytes;
    private double rawBytes;
    private double ownNanosPerByte;
    private double waitNanosPerByte;
    private long speedFoundAt;
    private long writingNanos;
    private double writingBytes;
    private long processorNanosBefore;
    private int skip;
    private int lastSkip;

    /// A batch from its begin until it is written.
    final class Batch {
        private final boolean packs;
        private final long begunAt;
        private double readyAt;
        private double bytes;

        private Batch(boolean packs, long now) {
            this.packs = packs;
            this.begunAt = now;
            this.readyAt = now + (packs ? SAFETY * packNanos : rawNanos);
            this.bytes = packs ? packedBytes : rawBytes;
        }

        /// Whether it is to be packed.
        boolean packs() {
            return packs;
        }

        /// The worker is done with it: of `fullBytes` that are not left out there are `storedBytes`.
        void ready(int fullBytes, int storedBytes, long now) {
            AdaptivePacking.this.ready(this, fullBytes, storedBytes, now);
        }
    }

    /// @param workers how many threads pack
    /// @param target what it still has to do, if it tells; if not, it keeps the writer waiting
    /// @param writersProcessorNanos how long the writer was not waiting so far, for a processor apart
    AdaptivePacking(int workers, Supplier<Optional<Backlog>> target, LongSupplier writersProcessorNanos) {
        this.workers = workers;
        this.target = target;
        this.writersProcessorNanos = writersProcessorNanos;
    }

    /// A worker begins with the next batch, in the order in which they are written.
    synchronized Batch begin(long now) {
        boolean unknowing = packed < UNKNOWING_BATCHES || written < UNKNOWING_BATCHES;
        Batch batch = new Batch(unknowing || isWorthPacking(now), now);
        underWay.add(batch);
        if (!batch.packs) {
            trust *= FADING;
        }
        return batch;
    }

    private boolean isWorthPacking(long now) {
        Optional<Backlog> backlog = target.get();
        // A target that tells nothing works while the writer waits, so both are done at the same time.
        double writing = backlog.isPresent() ? ownNanosPerByte : ownNanosPerByte + waitNanosPerByte;
        double taking = backlog.isPresent() ? backlog.get().nanosPerByte() : 0;
        double targetFreeAt = now + (backlog.isPresent() ? backlog.get().nanos() : 0);
        WriteForecast raw = new WriteForecast(workers, now, targetFreeAt, writing, taking);
        for (Batch ahead : underWay) {
            raw.underWay(ahead.readyAt, ahead.bytes);
        }
        double busyNanos = raw.end() - now;
        WriteForecast packed = raw.copy();
        packed.begin(SAFETY * trust * packNanos, packedBytes);
        raw.begin(rawNanos, rawBytes);
        // Who packs does not read: that shows in the batches behind.
        for (int i = 0; i < BEHIND_PER_WORKER * workers; i++) {
            packed.begin(rawNanos, rawBytes);
            raw.begin(rawNanos, rawBytes);
        }
        return packed.end() <= raw.end() && !isSkipped(busyNanos);
    }

    private boolean isSkipped(double busyNanos) {
        if (busyNanos > PEACE * packNanos) {
            skip = Math.min(skip, MOST_SKIPPED_IN_PEACE);
        }
        if (skip == 0) {
            return false;
        }
        skip--;
        return true;
    }

    private synchronized void ready(Batch batch, int fullBytes, int storedBytes, long now) {
        batch.readyAt = now;
        batch.bytes = storedBytes;
        if (fullBytes == 0) {
            return;
        }
        double nanos = (double) (now - batch.begunAt);
        rawBytes = mean(rawBytes, fullBytes);
        if (!batch.packs) {
            rawNanos = mean(rawNanos, nanos);
            return;
        }
        packNanos = packed < UNKNOWING_BATCHES ? nanos : mean(packNanos, nanos);
        packedBytes = mean(packedBytes, storedBytes);
        packed++;
        trust = 1;
        if (storedBytes < WORTHLESS * fullBytes) {
            skip = 0;
            lastSkip = 0;
        } else if (skip == 0) {
            // Not those that were begun before the last one was skipped.
            lastSkip = Math.clamp(2L * lastSkip, 1, MOST_SKIPPED);
            skip = lastSkip;
        }
    }

    private static double mean(double before, double last) {
        return before == 0 ? last : before + LAST * (last - before);
    }

    /// The writer has written the first batch under way, in `nanos`. On its thread.
    synchronized void written(long nanos, long now) {
        writingNanos += nanos;
        writingBytes += underWay.remove().bytes;
        written++;
        if (writingBytes > 0 && (written <= UNKNOWING_BATCHES || now - speedFoundAt >= SPEED_NANOS)) {
            findSpeed();
            speedFoundAt = now;
        }
    }

    private void findSpeed() {
        long processorNanos = writersProcessorNanos.getAsLong();
        long own = Math.clamp(processorNanos - processorNanosBefore, 0, writingNanos);
        ownNanosPerByte = mean(ownNanosPerByte, own / writingBytes);
        waitNanosPerByte = mean(waitNanosPerByte, (writingNanos - own) / writingBytes);
        processorNanosBefore = processorNanos;
        writingNanos = 0;
        writingBytes = 0;
    }
}
