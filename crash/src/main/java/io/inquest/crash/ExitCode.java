package io.inquest.crash;

/// Exit codes of commands to a dead kernel, by who has to act.
public final class ExitCode {

    public static final int OK = 0;
    /// The command itself is wrong.
    public static final int USAGE = 2;
    /// The file cannot be read, is damaged, or is none of a kernel.
    public static final int DUMP = 3;
    /// Memory that was asked for is not in the dump, or a walk through it ended early.
    public static final int MEMORY = 4;
    /// The kernel's symbols or types lack something.
    public static final int MISSING = 5;
    /// A defect of Inquest, or Java's memory ran out (`EX_SOFTWARE` of sysexits.h).
    public static final int DEFECT = 70;

    private ExitCode() {}
}
