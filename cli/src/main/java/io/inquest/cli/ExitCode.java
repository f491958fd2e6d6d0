package io.inquest.cli;

/// Exit codes of `inquest` and its sub-commands; pass-through commands have their own.
public final class ExitCode {

    public static final int OK = 0;
    /// The input or output failed, or what was asked for is not there.
    public static final int FAILED = 1;
    /// The command line is wrong.
    public static final int USAGE = 2;
    /// An answer was given, but parts of what it is about could not be read.
    public static final int INCOMPLETE = 3;
    /// An answer was given, and what it is about is damaged.
    public static final int DAMAGED = 4;
    /// A defect of Inquest (`EX_SOFTWARE` of sysexits.h).
    public static final int DEFECT = 70;

    private ExitCode() {}
}
