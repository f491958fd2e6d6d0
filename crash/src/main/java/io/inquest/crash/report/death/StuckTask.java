package io.inquest.crash.report.death;

/// The task that a stuck CPU was running.
final class StuckTask {

    private StuckTask() {}

    /// `, running task NAME (pid N)`; empty if it is not known.
    static String describe(Evidence evidence) {
        if (evidence.victim().comm().isEmpty()) {
            return "";
        }
        return ", running task " + evidence.victim().comm()
                + (evidence.victim().pid().isPresent()
                        ? " (pid " + evidence.victim().pid().getAsInt() + ")"
                        : "");
    }
}
