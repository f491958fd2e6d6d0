package io.inquest.makedumpfile.pipeline;

import io.inquest.makedumpfile.message.Messages;
import io.inquest.makedumpfile.option.CommandLine;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/// One dump to a target of limited speed: `MEGABYTES-PER-SECOND OPTIONS… VMCORE`, with `-F` among the options. Prints
/// seconds of
/// wall time, without the JVM's start, and of processor time, and bytes.
public final class AdaptiveMain {

    private static final int ERRORS = 4;

    private AdaptiveMain() {}

    public static void main(String[] args) throws Exception {
        LimitedStream target = new LimitedStream(Double.parseDouble(args[0]) * 1e6);
        String[] words = Arrays.copyOfRange(args, 1, args.length);
        Messages messages = new Messages(OutputStream.nullOutputStream(), System.err, ERRORS, false);
        long start = System.nanoTime();
        Run run = new Run(CommandLine.parse(words), System.in, target, messages);
        if (new Creation(run).create() != Outcome.COMPLETED) {
            System.exit(1);
        }
        target.finish();
        double wall = (System.nanoTime() - start) / 1e9;
        Duration processor = ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
        System.out.printf("%.3f %.2f %d%n", wall, processor.toNanos() / 1e9, target.bytes);
    }

    /// Takes bytes as fast as a disk or network of this speed would, that has a buffer of a megabyte.
    private static final class LimitedStream extends OutputStream {

        private static final int BUFFER_BYTES = 1 << 20;

        private final double nanosPerByte;
        private double doneAt = (double) System.nanoTime();
        private long bytes;

        LimitedStream(double bytesPerSecond) {
            nanosPerByte = 1e9 / bytesPerSecond;
        }

        @Override
        public void write(int one) {
            take(1);
        }

        @Override
        public void write(byte[] from, int offset, int length) {
            take(length);
        }

        private void take(int count) {
            bytes += count;
            doneAt = Math.max(doneAt, (double) System.nanoTime()) + count * nanosPerByte;
            waitUntil(doneAt - BUFFER_BYTES * nanosPerByte);
        }

        private static void waitUntil(double nanos) {
            for (long left = (long) nanos - System.nanoTime(); left > 0; left = (long) nanos - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
        }

        /// Waits until the last byte is where it belongs.
        void finish() {
            waitUntil(doneAt);
        }
    }
}
