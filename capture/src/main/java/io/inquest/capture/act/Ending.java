package io.inquest.capture.act;

/// How the act ended, the best first.
public enum Ending {
    /// All that was to be saved is saved, or nothing was to be.
    ALL(0),
    /// Something is saved, and something is missing.
    SOME(3),
    /// Nothing is saved.
    NOTHING(1);

    private final int status;

    Ending(int status) {
        this.status = status;
    }

    /// The exit status.
    public int status() {
        return status;
    }
}
