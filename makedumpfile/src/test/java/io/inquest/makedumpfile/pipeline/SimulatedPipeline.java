package io.inquest.makedumpfile.pipeline;

import io.inquest.dump.io.Backlog;
import io.inquest.dump.io.DiskBacklog;
import java.util.Arrays;
import java.util.Optional;

/// Workers, a writer and a target with a clock of their own: what [PageFlow] would take, computed.
///
/// Processors are shared fairly by whoever has work. A pipe takes bytes at one speed, and has a buffer: the
/// writer waits while that is full. A disk is forced as `WriteBehindSink` does it, and tells what
/// [DiskBacklog] makes of that: between two forces it does nothing, and each takes a time of its own.
final class SimulatedPipeline {

    private static final int RAW_BYTES = 512 << 10;
    private static final int PLACES_PER_THREAD = 3;

    private final Machine machine;
    private final DiskBacklog disk = new DiskBacklog();
    private final Target target;
    private final AdaptivePacking policy;
    private final How how;
    private final double[] shares;
    private final int[] worksOn;
    private final double[] workLeft;
    private final AdaptivePacking.Batch[] batches;
    private final int[] storedBytes;
    private final boolean[] ready;
    private double now;
    private int claimed;
    private int taken;
    private double copyLeft;
    private double copiesSince;
    private double copiedFor;
    private double waitsUntil;
    private double targetBusyUntil;
    private double unforcedBytes;
    private double forcedAt = Double.MAX_VALUE;
    private Writer writer = Writer.IDLE;
    private int packedBatches;

    /// What packing costs and where.
    ///
    /// @param readNanos processor time to read a batch and to look for zeros
    /// @param packNanos processor time to pack one
    /// @param copyNanosPerByte the writer's processor time
    record Machine(int processors, int workers, double readNanos, double packNanos, double copyNanosPerByte) {}

    /// Where the bytes go.
    ///
    /// @param bufferBytes what it takes before the writer waits
    /// @param forceNanos what a force takes beside its bytes
    record Target(Kind kind, double bytesPerSecond, double bufferBytes, double forceNanos) {

        static Target pipe(double bytesPerSecond, double bufferBytes) {
            return new Target(Kind.PIPE, bytesPerSecond, bufferBytes, 0);
        }

        static Target disk(double bytesPerSecond, double forceNanos) {
            return new Target(Kind.DISK, bytesPerSecond, Double.MAX_VALUE / 4, forceNanos);
        }

        boolean isDisk() {
            return kind == Kind.DISK;
        }

        double nanos(double bytes) {
            return bytes / bytesPerSecond * 1e9;
        }
    }

    enum Kind {
        PIPE,
        DISK
    }

    enum How {
        RAW,
        PACKED,
        ADAPTIVE
    }

    private enum Writer {
        IDLE,
        COPIES,
        WAITS
    }

    /// @param shares for each batch, what packing leaves of it
    SimulatedPipeline(Machine machine, Target target, How how, double[] shares) {
        this.machine = machine;
        this.target = target;
        this.how = how;
        this.shares = shares;
        this.worksOn = new int[machine.workers()];
        this.workLeft = new double[machine.workers()];
        this.batches = new AdaptivePacking.Batch[shares.length];
        this.storedBytes = new int[shares.length];
        this.ready = new boolean[shares.length];
        this.policy = new AdaptivePacking(machine.workers(), this::backlog, () -> (long) copiedFor);
        Arrays.fill(worksOn, -1);
    }

    /// Nanoseconds until the target has everything.
    double run() {
        while (taken < shares.length) {
            beginWork();
            beginWrite();
            beginForce();
            advance();
        }
        return target.isDisk() ? lastForceEnds() : Math.max(now, targetBusyUntil);
    }

    /// The rest is forced when a force that is under way is done.
    private double lastForceEnds() {
        double begins = disk.isForcing() ? forcedAt : now;
        return begins + target.forceNanos() + target.nanos(unforcedBytes);
    }

    int packedBatches() {
        return packedBatches;
    }

    private Optional<Backlog> backlog() {
        return target.isDisk() ? Optional.of(disk.at((long) now)) : Optional.empty();
    }

    private void beginForce() {
        if (target.isDisk() && disk.isForceDue()) {
            disk.beginForce((long) now);
            forcedAt = now + target.forceNanos() + target.nanos(unforcedBytes);
            unforcedBytes = 0;
        }
    }

    private void endForce() {
        if (disk.isForcing() && now >= forcedAt) {
            disk.endForce((long) now);
            forcedAt = Double.MAX_VALUE;
        }
    }

    private void beginWork() {
        for (int worker = 0; worker < worksOn.length; worker++) {
            boolean hasPlace = claimed < shares.length && claimed - taken < PLACES_PER_THREAD * worksOn.length;
            if (worksOn[worker] < 0 && hasPlace) {
                batches[claimed] = policy.begin((long) now);
                boolean packs = how == How.PACKED || (how == How.ADAPTIVE && batches[claimed].packs());
                packedBatches += packs ? 1 : 0;
                storedBytes[claimed] = (int) (packs ? shares[claimed] * RAW_BYTES : RAW_BYTES);
                workLeft[worker] = machine.readNanos() + (packs ? machine.packNanos() : 0);
                worksOn[worker] = claimed++;
            }
        }
    }

    private void beginWrite() {
        if (writer == Writer.IDLE && taken < claimed && ready[taken]) {
            writer = Writer.COPIES;
            copiesSince = now;
            copyLeft = storedBytes[taken] * machine.copyNanosPerByte();
        }
    }

    private void advance() {
        int busy = writer == Writer.COPIES ? 1 : 0;
        for (int batch : worksOn) {
            busy += batch >= 0 ? 1 : 0;
        }
        double speed = Math.min(1, (double) machine.processors() / busy);
        double step = writer == Writer.WAITS ? waitsUntil - now : Double.MAX_VALUE;
        step = writer == Writer.COPIES ? Math.min(step, copyLeft / speed) : step;
        for (int worker = 0; worker < worksOn.length; worker++) {
            step = worksOn[worker] >= 0 ? Math.min(step, workLeft[worker] / speed) : step;
        }
        step = Math.min(step, forcedAt - now);
        now += step;
        endForce();
        for (int worker = 0; worker < worksOn.length; worker++) {
            workLeft[worker] -= step * speed;
            if (worksOn[worker] >= 0 && workLeft[worker] < 1) {
                endWork(worker);
            }
        }
        copyLeft -= step * speed;
        endWrite();
    }

    private void endWork(int worker) {
        int batch = worksOn[worker];
        ready[batch] = true;
        worksOn[worker] = -1;
        batches[batch].ready(RAW_BYTES, storedBytes[batch], (long) now);
    }

    private void endWrite() {
        if (writer == Writer.COPIES && copyLeft < 1) {
            disk.add(storedBytes[taken]);
            unforcedBytes += storedBytes[taken];
            targetBusyUntil = Math.max(now, targetBusyUntil) + target.nanos(storedBytes[taken]);
            copiedFor += now - copiesSince;
            waitsUntil = Math.max(now, targetBusyUntil - target.nanos(target.bufferBytes()));
            writer = Writer.WAITS;
        }
        if (writer == Writer.WAITS && now >= waitsUntil - 1) {
            policy.written((long) (now - copiesSince), (long) now);
            writer = Writer.IDLE;
            taken++;
        }
    }
}
