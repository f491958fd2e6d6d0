package io.inquest.makedumpfile.pipeline;

import io.inquest.dump.PfnRange;
import io.inquest.dump.PhysicalMemory;
import java.io.IOException;
import java.io.InterruptedIOException;
import org.jspecify.annotations.Nullable;

/// Moves the selected pages through: read, test for zeros, compress on several threads; write on the caller's, in
/// the order of the frames. So the output is the same whatever the number of threads.
///
/// Memory: half a MiB for each thread, and three times as much for the batches between them and the writer.
final class PageFlow {

    private static final int PLACES_PER_THREAD = 3;

    private final PhysicalMemory memory;
    private final PageTreatment treatment;
    private final int threads;
    private final @Nullable AdaptivePacking adaptive;

    /// Takes the batches in order, on the thread that called [PageFlow#run].
    @FunctionalInterface
    interface Writer {
        void write(PageBatch batch) throws IOException;
    }

    /// With one thread everything happens on the caller's, unless `adaptive` decides which batches are packed: then the
    /// writer has one for itself.
    PageFlow(PhysicalMemory memory, PageTreatment treatment, int threads, @Nullable AdaptivePacking adaptive) {
        this.adaptive = adaptive;
        this.memory = memory;
        this.treatment = treatment;
        this.threads = threads;
    }

    /// Memory for pages on their way.
    static long bytes(int threads, int pageBytes, boolean adaptive) {
        long batches = threads <= 1 && !adaptive ? 2 : (long) threads * (1 + PLACES_PER_THREAD);
        return batches * PageBatch.mostPages(pageBytes) * pageBytes;
    }

    /// Moves the pages of a range to `writer`.
    void run(Selection selection, PfnRange range, Writer writer) throws IOException {
        BatchSource source = new BatchSource(selection, range);
        if (threads <= 1 && adaptive == null) {
            runAlone(source, writer);
        } else {
            runParallel(new BatchRing(source, threads * PLACES_PER_THREAD, memory.pageBytes(), adaptive), writer);
        }
    }

    private void runAlone(BatchSource source, Writer writer) throws IOException {
        PageBatch batch = new PageBatch(memory.pageBytes());
        try (PageWorker worker = new PageWorker(memory, treatment)) {
            while (source.fill(batch)) {
                worker.process(batch);
                writer.write(batch);
            }
        }
    }

    private void runParallel(BatchRing ring, Writer writer) throws IOException {
        Thread[] workers = new Thread[threads];
        for (int i = 0; i < threads; i++) {
            workers[i] = new Thread(() -> fillBatches(ring), "pages-" + i);
            workers[i].setDaemon(true);
            workers[i].start();
        }
        try {
            PageBatch batch = ring.next();
            while (batch != null) {
                write(batch, writer);
                ring.release();
                batch = ring.next();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        } finally {
            ring.stop(null);
            join(workers);
        }
        rethrow(ring.failure());
    }

    private void write(PageBatch batch, Writer writer) throws IOException {
        long begun = System.nanoTime();
        writer.write(batch);
        if (adaptive != null) {
            long now = System.nanoTime();
            adaptive.written(now - begun, now);
        }
    }

    private void fillBatches(BatchRing ring) {
        try (PageWorker worker = new PageWorker(memory, treatment)) {
            PageBatch batch = ring.claim();
            while (batch != null) {
                worker.process(batch);
                ring.hand(batch);
                batch = ring.claim();
            }
        } catch (InterruptedException | IOException | RuntimeException | Error failure) {
            ring.stop(failure);
        }
    }

    private static void join(Thread[] workers) {
        for (Thread worker : workers) {
            try {
                worker.join();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private static void rethrow(@Nullable Throwable failure) throws IOException {
        // No switch over types, which would be linked at the end of every run that met nothing.
        if (failure instanceof IOException io) {
            throw io;
        } else if (failure instanceof RuntimeException unchecked) {
            throw unchecked;
        } else if (failure instanceof Error error) {
            throw error;
        } else if (failure != null) {
            throw new IOException(failure);
        }
    }
}
