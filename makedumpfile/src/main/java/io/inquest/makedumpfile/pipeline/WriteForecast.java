package io.inquest.makedumpfile.pipeline;

import java.util.Arrays;

/// When batches would be done, if workers, the writer and the target take as long as they did: each batch is
/// worked on by the worker that is free first, written in order, and taken by the target in order. Times are in
/// nanoseconds.
final class WriteForecast {

    private final double[] workersFreeAt;
    private final double writingPerByte;
    private final double takingPerByte;
    private double writerFreeAt;
    private double targetFreeAt;

    /// @param writingPerByte of the writer
    /// @param takingPerByte of the target, while the writer goes on
    WriteForecast(int workers, double now, double targetFreeAt, double writingPerByte, double takingPerByte) {
        this.workersFreeAt = new double[workers];
        Arrays.fill(workersFreeAt, now);
        this.writerFreeAt = now;
        this.targetFreeAt = targetFreeAt;
        this.writingPerByte = writingPerByte;
        this.takingPerByte = takingPerByte;
    }

    private WriteForecast(WriteForecast other) {
        this.workersFreeAt = other.workersFreeAt.clone();
        this.writerFreeAt = other.writerFreeAt;
        this.targetFreeAt = other.targetFreeAt;
        this.writingPerByte = other.writingPerByte;
        this.takingPerByte = other.takingPerByte;
    }

    WriteForecast copy() {
        return new WriteForecast(this);
    }

    /// A batch that some worker will have done at `readyAt`.
    void underWay(double readyAt, double bytes) {
        int first = firstFree();
        workersFreeAt[first] = Math.max(workersFreeAt[first], readyAt);
        write(readyAt, bytes);
    }

    /// A batch that a worker begins with as soon as one is free.
    void begin(double nanos, double bytes) {
        int first = firstFree();
        workersFreeAt[first] += nanos;
        write(workersFreeAt[first], bytes);
    }

    private int firstFree() {
        int first = 0;
        for (int i = 1; i < workersFreeAt.length; i++) {
            first = workersFreeAt[i] < workersFreeAt[first] ? i : first;
        }
        return first;
    }

    private void write(double readyAt, double bytes) {
        writerFreeAt = Math.max(writerFreeAt, readyAt) + bytes * writingPerByte;
        targetFreeAt = Math.max(targetFreeAt, writerFreeAt) + bytes * takingPerByte;
    }

    /// When the target has all of it.
    double end() {
        return Math.max(writerFreeAt, targetFreeAt);
    }
}
