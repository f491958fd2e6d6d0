package io.inquest.dump.io;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Makes what is written to a file durable while its writer goes on, and so knows how fast the disk is.
///
/// A file by itself takes what it is given at the speed of memory, and the disk is waited for in the end:
/// then it is too late to give it less. Here a thread forces the file again and again, and times that.
///
/// The sink behind it must allow [ByteSink#force] beside its other methods, as [FileSink] does.
public final class WriteBehindSink extends DelegatingSink {

    private final Thread forcing;
    private final DiskBacklog backlog = new DiskBacklog();
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
        while (!ended && !backlog.isForceDue()) {
            wait();
        }
        if (!ended) {
            backlog.beginForce(System.nanoTime());
        }
        return !ended;
    }

    private synchronized void endForce() {
        backlog.endForce(System.nanoTime());
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
        backlog.add(bytes);
        if (backlog.isForceDue()) {
            notifyAll();
        }
    }

    @Override
    public synchronized Optional<Backlog> backlog() {
        return Optional.of(backlog.at(System.nanoTime()));
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
            while (backlog.isForcing() && failure == null) {
                wait();
            }
        } catch (InterruptedException interrupted) {
            throw interrupted();
        }
        backlog.forget();
        rethrow();
    }

    private static InterruptedIOException interrupted() {
        Thread.currentThread().interrupt();
        return new InterruptedIOException("interrupted");
    }

    /// Waits for a force that is under way, also when nobody cares for it any more. Closing a file does so
    /// by itself, and so does the end of the process.
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
