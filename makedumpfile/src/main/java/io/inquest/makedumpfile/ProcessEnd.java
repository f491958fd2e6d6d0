package io.inquest.makedumpfile;

/// The end of a command that runs as a process of its own.
public final class ProcessEnd {

    private ProcessEnd() {}

    /// Ends the process with an exit code, the last thing that `main` does. No shutdown hook runs: none is left.
    ///
    /// [System#exit] looks for a logger first, in every jar of the class path, which takes longer than all
    /// else that a short command does (20 to 30 ms). After a success `main` just returns, for the JVM may be
    /// recording a training.
    public static void with(int exitCode) {
        if (exitCode != 0 && !isEnding()) {
            Runtime.getRuntime().halt(exitCode);
        }
    }

    /// Whether a signal ends the process already, the number of which is then its exit code: only then may no
    /// hook be added.
    private static boolean isEnding() {
        Thread none = new Thread();
        try {
            Runtime.getRuntime().addShutdownHook(none);
            Runtime.getRuntime().removeShutdownHook(none);
            return false;
        } catch (IllegalStateException ending) {
            return true;
        }
    }
}
