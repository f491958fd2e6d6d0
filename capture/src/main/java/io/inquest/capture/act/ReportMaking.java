package io.inquest.capture.act;

import io.inquest.capture.journal.Heartbeat;
import io.inquest.crash.report.Report;
import io.inquest.crash.report.dump.DumpReport;
import io.inquest.dump.Dump;
import io.inquest.dump.Dumps;
import io.inquest.dump.Warnings;
import io.inquest.dump.io.ByteSource;
import io.inquest.dump.io.FileSource;
import io.inquest.kernel.Kernel;
import io.inquest.output.Elapsed;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Makes the report of the death, in a thread of its own: whatever becomes of it, the dump is saved.
///
/// It may take so much time, and all of the heap that the JVM was given, but not more: a report that is cut off by
/// either
/// is none. The thread's reading is stopped then, and with it the thread.
final class ReportMaking {

    private static final long POLL_MILLIS = 200;

    private final ReportMaker maker;
    private final Duration limit;
    private final Heartbeat heartbeat;

    ReportMaking(ReportMaker maker, Duration limit, Heartbeat heartbeat) {
        this.maker = maker;
        this.limit = limit;
        this.heartbeat = heartbeat;
    }

    /// As `inquest report` makes it, without debug files.
    static Report ofMemory(ByteSource memory) throws IOException {
        try (Dump dump = Dumps.open(memory, Warnings.NONE)) {
            return DumpReport.of(Kernel.open(dump, Warnings.NONE));
        }
    }

    /// The report; an exception says in one sentence why there is none.
    Report make(Path vmcore) throws IOException {
        try (FileSource file = FileSource.open(vmcore)) {
            StoppableSource memory = new StoppableSource(file);
            Attempt attempt = new Attempt(maker, memory);
            Thread thread = new Thread(attempt, "report");
            thread.setDaemon(true);
            thread.start();
            await(thread);
            memory.stop();
            if (thread.isAlive()) {
                throw new IOException("it took longer than " + Elapsed.format(limit.toNanos()));
            }
            return attempt.report();
        }
    }

    private void await(Thread thread) throws IOException {
        long end = System.nanoTime() + limit.toNanos();
        try {
            while (thread.isAlive() && System.nanoTime() - end < 0) {
                heartbeat.beat();
                thread.join(Duration.ofMillis(POLL_MILLIS));
            }
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", asked);
        }
    }

    /// What the thread does.
    private static final class Attempt implements Runnable {

        private final ReportMaker maker;
        private final ByteSource memory;
        private volatile @Nullable Report report;
        private volatile String reason = "";

        Attempt(ReportMaker maker, ByteSource memory) {
            this.maker = maker;
            this.memory = memory;
        }

        @Override
        public void run() {
            try {
                report = maker.make(memory);
            } catch (OutOfMemoryError full) {
                reason = "it took more than the " + (Runtime.getRuntime().maxMemory() >> 20) + " MiB of heap";
            } catch (StackOverflowError deep) {
                reason = "it took more than a thread's stack";
            } catch (IOException | RuntimeException failure) {
                reason = failure.getMessage() == null ? failure.toString() : failure.getMessage();
            }
        }

        Report report() throws IOException {
            Report made = report;
            if (made == null) {
                throw new IOException(reason);
            }
            return made;
        }
    }
}
