package io.inquest.capture.config;

/// What several targets are for.
public enum TargetUse {
    /// The next is tried when one fails.
    FIRST_THAT_WORKS,
    /// Each gets the dump.
    ALL
}
