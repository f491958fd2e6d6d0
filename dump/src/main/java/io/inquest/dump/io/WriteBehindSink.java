package io.inquest.dump.io;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Makes what is written to a file durable while its writer goes on, and so knows how fast the disk is.
///
/// A file by itself takes what it is given at the speed of memory, and the disk is waited for in the end: then it is
/// too late to give it less. Here a thread forces the file again and again, and times that.
///
/// The sink behind it must allow [ByteSink#force] beside its other methods, as [FileSink] does.
public final class WriteBehindSink extends DelegatingSink {

    /// Less is not worth a force, which takes some milliseconds whatever there is to do; to know the disk soon, the
    /// first ones are smaller.
    private static final long LEAST_BYTES = 8 << 20;

    private static final long FIRST_BYTES = 1 << 20;

    /// Weight of the last force in the mean.
    private static final double LAST = 0.5;

    private final Thread forcing;
    private long leastBytes = FIRST_BYTES;
    private long waitingBytes;
    private long forcedBytes;
    private long forcedSince;
    private double nanosPerByte;
    private boolean ended;
    private @Nullable IOException failure;

    /// Closes `sink` when it is closed.
    public WriteBehindSink(ByteSink sink) {
        super(sink);
        this.forcing = new Thread(this::forceUntilEnd, "write-behind");
        forcing.setDaemon(true);
        forcing.start();
    }

    private void forceUntilEnd() {
        try {
            while (takeWaiting()) {
                super.force();
                endForce();
            }
        } catch (IOException | InterruptedException | RuntimeException | Error failed) {
            // Who waits for this thread must not wait for ever.
            fail(failed instanceof IOException io ? io : new IOException(failed));
        }
    }

    private synchronized boolean takeWaiting() throws InterruptedException {
        while (!ended && waitingBytes < leastBytes) {
            wait();
        }
        leastBytes = Math.min(2 * leastBytes, LEAST_BYTES);
        forcedBytes = waitingBytes;
        forcedSince = System.nanoTime();
        waitingBytes = 0;
        return !ended;
    }

    private synchronized void endForce() {
        double last = (double) (System.nanoTime() - forcedSince) / forcedBytes;
        nanosPerByte = nanosPerByte == 0 ? last : nanosPerByte + LAST * (last - nanosPerByte);
        forcedBytes = 0;
        notifyAll();
    }

    private synchronized void fail(IOException failed) {
        failure = failed;
        ended = true;
        notifyAll();
    }

    /// The system tells a failed write to whoever forces first, and to nobody else.
    private synchronized void rethrow() throws IOException {
        if (failure != null) {
            throw failure;
        }
    }

    private synchronized void add(long bytes) {
        waitingBytes += bytes;
        if (forcedBytes == 0 && waitingBytes >= leastBytes) {
            notifyAll();
        }
    }

    @Override
    public synchronized Optional<Backlog> backlog() {
        if (nanosPerByte == 0) {
            // Not known yet: so slow that there is time for everything.
            return Optional.of(new Backlog(Long.MAX_VALUE / 2, 0));
        }
        if (forcedBytes == 0) {
            return Optional.of(new Backlog(0, nanosPerByte));
        }
        double left = Math.max(forcedBytes * nanosPerByte - (System.nanoTime() - forcedSince), 0);
        return Optional.of(new Backlog((long) (left + waitingBytes * nanosPerByte), nanosPerByte));
    }

    @Override
    public void write(long offset, ByteBuffer bytes) throws IOException {
        rethrow();
        int size = bytes.remaining();
        super.write(offset, bytes);
        add(size);
    }

    @Override
    public void force() throws IOException {
        awaitForce();
        super.force();
    }

    /// Nothing waits then, so the thread begins no other.
    private synchronized void awaitForce() throws IOException {
        try {
            while (forcedBytes > 0 && failure == null) {
                wait();
            }
        } catch (InterruptedException interrupted) {
            throw interrupted();
        }
        waitingBytes = 0;
        rethrow();
    }

    private static InterruptedIOException interrupted() {
        Thread.currentThread().interrupt();
        return new InterruptedIOException("interrupted");
    }

    @Override
    public void close() throws IOException {
        synchronized (this) {
            ended = true;
            notifyAll();
        }
        try {
            forcing.join();
        } catch (InterruptedException interrupted) {
            throw interrupted();
        } finally {
            super.close();
        }
    }
}
