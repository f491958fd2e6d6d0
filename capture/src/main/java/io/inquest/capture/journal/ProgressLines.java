package io.inquest.capture.journal;

import io.inquest.output.ByteSize;
import io.inquest.output.Elapsed;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// Tells a console how far a long work is, how fast it goes and how long it will take: lines that a serial console
/// keeps,
/// one each five seconds.
///
/// ```
/// saving vmcore: 42 %, 312 MiB/s, 4.1 s left
/// ```
public final class ProgressLines {

    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Consumer<String> console;
    private final Heartbeat heartbeat;
    private final LongSupplier nanoClock;
    private String title = "";
    private long begunAt;
    private long toldAt;
    private long grownTo;

    /// @param nanoClock `System::nanoTime` but in tests
    public ProgressLines(Consumer<String> console, Heartbeat heartbeat, LongSupplier nanoClock) {
        this.console = console;
        this.heartbeat = heartbeat;
        this.nanoClock = nanoClock;
    }

    /// A work begins.
    public void begin(String newTitle) {
        title = newTitle;
        begunAt = nanoClock.getAsLong();
        toldAt = begunAt;
    }

    /// Something goes on that nobody can measure.
    public void beat() {
        heartbeat.beat();
    }

    /// Tells how large a file is that another program writes. One that no longer grows is no sign of life.
    public void grown(long bytes, long totalBytes) {
        if (bytes != grownTo) {
            grownTo = bytes;
            update(bytes, totalBytes);
        }
    }

    /// Tells how much of it is done.
    public void update(long doneBytes, long totalBytes) {
        heartbeat.beat();
        long now = nanoClock.getAsLong();
        if (now - toldAt < PAUSE_NANOS || doneBytes <= 0 || totalBytes <= 0) {
            return;
        }
        toldAt = now;
        double bytesPerNano = (double) doneBytes / (now - begunAt);
        long done = Math.min(doneBytes, totalBytes);
        StringBuilder line = new StringBuilder(title).append(": ").append((long) (100.0 * done / totalBytes));
        line.append(" %, ").append(ByteSize.format((long) (bytesPerNano * TimeUnit.SECONDS.toNanos(1))));
        line.append("/s, ")
                .append(Elapsed.format((long) ((totalBytes - done) / bytesPerNano)))
                .append(" left");
        console.accept(line.toString());
    }
}
