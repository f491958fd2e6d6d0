package io.inquest.crash.report;

/// Kinds of death that have their cause in common.
public enum Family {
    /// Memory that was not what the code believed: one bug shows as a page fault today and as a corrupted list
    /// tomorrow.
    MEM,
    /// An instruction that the processor refused.
    FAULT,
    /// The kernel's own check found something impossible and gave up.
    BUG,
    /// The kernel's own check found something impossible and went on, unless told to panic.
    WARN,
    RACE,
    LEAK,
    LOCKDEP,
    /// Sleeping where sleeping is forbidden.
    ATOMIC,
    STACK,
    /// A CPU that does not get on.
    STALL,
    /// A task that does not get on.
    HANG,
    PANIC,
    OOM,
    /// Hardware.
    HW,
    /// The machine never came up.
    BOOT,
    /// Somebody wanted it.
    REQUEST,
    UNKNOWN;

    /// The word that keys and JSON use; stable.
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
