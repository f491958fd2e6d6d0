package io.inquest.makedumpfile.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// How much of the time that passed the calling thread had a processor. What other programs took is no part of what
/// work costs.
final class ProcessorTime {

    /// Nanoseconds on a processor, nanoseconds waiting for one, and time slices (`fs/proc/base.c`).
    private static final Path ACCOUNT = Path.of("/proc/thread-self/schedstat");

    private final long wallStart = System.nanoTime();
    private final long ownStart = own();
    private final long wantedStart = wanted();

    /// Begins to count.
    ProcessorTime() {}

    /// The share since this was made, up to 1; 1 where the system does not tell.
    double share() {
        long own = own() - ownStart;
        long wall = System.nanoTime() - wallStart;
        return ownStart < 0 || own <= 0 || own > wall ? 1 : (double) own / wall;
    }

    /// Nanoseconds since this was made in which the thread was on a processor or waited for one, and so for nothing
    /// else;
    /// 0 where the system does not tell.
    long wantedNanos() {
        long wanted = wanted();
        return wanted < 0 || wantedStart < 0 ? 0 : wanted - wantedStart;
    }

    private static long own() {
        try {
            String account = Files.readString(ACCOUNT);
            return Long.parseLong(account, 0, account.indexOf(' '), 10);
        } catch (IOException | IndexOutOfBoundsException | NumberFormatException notTold) {
            return -1;
        }
    }

    private static long wanted() {
        try {
            String account = Files.readString(ACCOUNT);
            int first = account.indexOf(' ');
            int second = account.indexOf(' ', first + 1);
            return Long.parseLong(account, 0, first, 10) + Long.parseLong(account, first + 1, second, 10);
        } catch (IOException | IndexOutOfBoundsException | NumberFormatException notTold) {
            return -1;
        }
    }
}
