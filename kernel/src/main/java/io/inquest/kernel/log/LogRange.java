package io.inquest.kernel.log;

/// Which part of the log is asked for.
public enum LogRange {
    /// All that is still in the buffer.
    ALL,
    /// What was logged since somebody last cleared the log (`dmesg --clear`); all where the kernel keeps no mark.
    SINCE_CLEAR
}
