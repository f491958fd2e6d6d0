package io.inquest.crash.report;

/// How far a signature can be trusted.
public enum Confidence {
    /// An event, and two reliable frames or a kind of death that needs none.
    HIGH,
    /// One reliable frame.
    MEDIUM,
    /// No frame, or nothing but the panic that wraps an event which the log has lost. Such keys count, but prove
    /// nothing.
    LOW;

    /// The word that JSON uses; stable.
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
