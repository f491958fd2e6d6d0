package io.inquest.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/// What no reader may do, whatever its input: throw what it does not document, fail without a word, take more
/// than [#MOST_SECONDS] of processor time, or allocate more than [#mostBytes]. That it ends at all is for the
/// caller to watch.
final class Watch {

    /// Not time on the clock, which a busy machine stretches.
    static final long MOST_SECONDS = 60;

    private static final int BYTES_OF_EACH = 64;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Target target;

    Watch(Target target) {
        this.target = target;
    }

    /// All that reading an input of that length may allocate, garbage included: the target's scratch bytes,
    /// mostly 64 MiB, and 64 bytes for each of the input.
    private long mostBytes(int inputBytes) {
        return target.scratchBytes() + (long) BYTES_OF_EACH * inputBytes;
    }

    /// Gives an input to the reader. Throws an [AssertionError], or what the reader threw, if it did what it
    /// may not.
    void read(byte[] input) throws Exception {
        long most = mostBytes(input.length);
        long allocated = allocatedBy(input);
        if (allocated > most) {
            // The first time, classes are loaded and, by Jazzer, rewritten.
            allocated = allocatedBy(input);
        }
        if (allocated > most) {
            throw new AssertionError(target.name() + " allocated " + allocated + " bytes for an input of "
                    + input.length + ", more than " + most);
        }
    }

    private long allocatedBy(byte[] input) throws Exception {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        long start = THREADS.getCurrentThreadCpuTime();
        try {
            target.reader().read(input);
        } catch (Exception exception) {
            if (!target.tells(exception)) {
                throw exception;
            }
            String message = exception.getMessage();
            if (message == null || message.isBlank()) {
                throw new AssertionError(exception.getClass().getName() + " says nothing", exception);
            }
        }
        long seconds = (THREADS.getCurrentThreadCpuTime() - start) / 1_000_000_000;
        if (seconds > MOST_SECONDS) {
            throw new AssertionError(
                    target.name() + " took " + seconds + " s for an input of " + input.length + " bytes");
        }
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }
}
