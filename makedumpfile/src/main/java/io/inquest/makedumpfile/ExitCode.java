package io.inquest.makedumpfile;

/// Exit codes of makedumpfile(8).
public final class ExitCode {

    public static final int COMPLETED = 0;
    public static final int FAILED = 1;
    /// The vmcoreinfo file given with `-i` is of another kernel than the dump.
    public static final int WRONG_RELEASE = 2;
    /// The dump was written, but its kernel's structures could not be analysed as far as the level asks.
    public static final int ANALYSIS_ERROR = 3;

    /// No dump was written: `--config` names what could not be erased.
    public static final int NOT_ERASED = 4;

    private ExitCode() {}
}
