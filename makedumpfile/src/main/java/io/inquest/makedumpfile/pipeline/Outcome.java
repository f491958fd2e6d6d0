package io.inquest.makedumpfile.pipeline;

/// How the work ended.
public enum Outcome {
    COMPLETED,
    FAILED,
    /// The vmcoreinfo file is of another kernel than the dump.
    WRONG_RELEASE,
    /// The dump is written, but holds more than the level asks for: the kernel's structures could not be trusted.
    ANALYSIS_ERROR,
    /// No dump is written: not all of what was to be erased could be found.
    NOT_ERASED
}
