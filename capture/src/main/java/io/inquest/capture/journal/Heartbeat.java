package io.inquest.capture.journal;

import io.inquest.dump.io.OwnerFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Shows process 1 that the act goes on: the time of a file is set anew, at most once a second. Whoever waits for
/// something that has no limit of its own must not [#beat].
public final class Heartbeat {

    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final @Nullable Path file;
    private final InstantSource clock;
    private long beatenAt;

    private Heartbeat(@Nullable Path file, InstantSource clock) {
        this.file = file;
        this.clock = clock;
        this.beatenAt = System.nanoTime() - PAUSE_NANOS;
    }

    /// For an act that nobody watches.
    public static Heartbeat unwatched() {
        return new Heartbeat(null, InstantSource.system());
    }

    /// Sets the time of `file`, which is made if it is not there.
    public static Heartbeat of(Path file, InstantSource clock) throws IOException {
        OwnerFile.append(file).close();
        return new Heartbeat(file, clock);
    }

    /// Something went on.
    public synchronized void beat() {
        long now = System.nanoTime();
        if (file == null || now - beatenAt < PAUSE_NANOS) {
            return;
        }
        beatenAt = now;
        try {
            Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
        } catch (IOException nobodyWatches) {
            // Then nobody ends the act for its silence either.
        }
    }
}
