package io.inquest.makedumpfile.pipeline;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Keeps batches in order between the threads that fill them and the one that writes them.
///
/// A filler claims the next batch of frames and the next place in the ring together, so the writer gets the batches
/// in the order of the source, whoever is done first. Everybody meets here once for each batch, not for each page.
final class BatchRing {

    private final BatchSource source;
    private final PageBatch[] ring;
    private final @Nullable AdaptivePacking adaptive;
    private long claimed;
    private long taken;
    private boolean exhausted;
    private boolean stopped;
    private @Nullable Throwable failure;

    /// @param adaptive decides which batches are packed, if not all are
    BatchRing(BatchSource source, int places, int pageBytes, @Nullable AdaptivePacking adaptive) {
        this.source = source;
        this.adaptive = adaptive;
        this.ring = new PageBatch[places];
        for (int i = 0; i < places; i++) {
            ring[i] = new PageBatch(pageBytes);
        }
    }

    /// The next batch to fill, or null when there is none any more. Waits for a place.
    synchronized @Nullable PageBatch claim() throws IOException, InterruptedException {
        while (!stopped && claimed - taken == ring.length) {
            wait();
        }
        if (stopped || exhausted) {
            return null;
        }
        PageBatch batch = ring[(int) (claimed % ring.length)];
        if (!source.fill(batch)) {
            exhausted = true;
            notifyAll();
            return null;
        }
        claimed++;
        if (adaptive != null) {
            batch.setPacking(adaptive.begin(System.nanoTime()));
        }
        return batch;
    }

    /// Says that a claimed batch is filled. Only the writer can wait for that, and only for the next one.
    synchronized void hand(PageBatch batch) {
        batch.setReady();
        if (isNextReady()) {
            notifyAll();
        }
    }

    /// The next batch to write, or null at the end. Waits until it is filled; throws what a filler met.
    synchronized @Nullable PageBatch next() throws InterruptedException {
        while (!stopped && !isNextReady() && !(exhausted && taken == claimed)) {
            wait();
        }
        return !stopped && isNextReady() ? ring[(int) (taken % ring.length)] : null;
    }

    private boolean isNextReady() {
        return taken < claimed && ring[(int) (taken % ring.length)].isReady();
    }

    /// Gives back the place of the batch that [#next] gave. Fillers wait for that only if there was no other place.
    synchronized void release() {
        boolean wasFull = claimed - taken == ring.length;
        taken++;
        if (wasFull) {
            notifyAll();
        }
    }

    /// Makes everybody stop; the first reason counts.
    synchronized void stop(@Nullable Throwable reason) {
        if (!stopped) {
            failure = reason;
        }
        stopped = true;
        notifyAll();
    }

    synchronized @Nullable Throwable failure() {
        return failure;
    }
}
