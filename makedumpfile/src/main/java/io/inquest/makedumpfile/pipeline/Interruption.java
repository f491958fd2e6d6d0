package io.inquest.makedumpfile.pipeline;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Ends a run in order when the process is asked to end (SIGINT, SIGTERM): the output says that it is incomplete, and
/// what it describes is there.
///
/// A process that is killed cannot do that; its file has said so from its first byte on.
final class Interruption implements AutoCloseable {

    /// How long the process waits for the output to be left in order.
    private static final long MOST_SECONDS = 10;

    private final Thread hook;
    private final CountDownLatch ended = new CountDownLatch(1);

    private Interruption(Run run) {
        this.hook = new Thread(() -> await(run), "interruption");
    }

    /// Begins to listen; ends with [#close].
    static Interruption listen(Run run) {
        Interruption interruption = new Interruption(run);
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    private void await(Run run) {
        run.stop();
        try {
            boolean inOrder = ended.await(MOST_SECONDS, TimeUnit.SECONDS);
            if (!inOrder) {
                run.messages().warn("the output could not be ended in order within " + MOST_SECONDS + " seconds");
            }
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        ended.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException alreadyEnding) {
            // Then the hook is running and has been told above.
        }
    }
}
