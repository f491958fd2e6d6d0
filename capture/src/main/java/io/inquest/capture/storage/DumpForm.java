package io.inquest.capture.storage;

/// What is written of a dump.
public enum DumpForm {
    /// What makedumpfile writes: a file, or into a stream the flattened form of one.
    FILTERED,
    /// The memory as the kernel shows it, or what another program makes of it.
    AS_IT_IS
}
