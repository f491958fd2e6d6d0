package io.inquest.makedumpfile.message;

/// The kinds of messages; `--message-level` is the sum of the bits of those that are shown.
public enum MessageKind {
    /// The progress line, on standard error.
    PROGRESS(1),
    /// What happened, on standard output.
    COMMON(2),
    /// What went wrong, on standard error.
    ERROR(4),
    /// `-D`, on standard output.
    DEBUG(8),
    /// `--show-stats`, on standard output.
    REPORT(16);

    private final int bit;

    MessageKind(int bit) {
        this.bit = bit;
    }

    public int bit() {
        return bit;
    }
}
