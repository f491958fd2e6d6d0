package io.inquest.kernel.log;

/// How the lines of a log look.
///
/// @param caller where the line says who logged it
/// @param newline what a newline inside a record becomes
/// @param text which bytes of a record are written as they are
public record LogStyle(Caller caller, Newline newline, Text text) {

    /// Where the line says who logged it.
    public enum Caller {
        NONE,
        /// `[    0.000000] [      T0] text`, as makedumpfile does.
        SPACED,
        /// `[    0.000000][    T0] text`, as the kernel does.
        JOINED
    }

    /// What a newline inside a record becomes.
    public enum Newline {
        /// A newline and as many spaces as the prefix has characters.
        INDENTED,
        /// A newline and the prefix again.
        PREFIXED,
        /// A newline.
        PLAIN
    }

    /// Which bytes of a record are written as they are; the others are escaped. Logs from before 3.5 are one
    /// text.
    public enum Text {
        /// ASCII; a log from before 3.5 byte for byte.
        COMPATIBLE,
        /// UTF-8 that does nothing to a terminal; a log from before 3.5 without its `<N>`.
        READABLE
    }

    /// As `makedumpfile --dump-dmesg`; says who logged whatever the kernel itself shows.
    public static final LogStyle MAKEDUMPFILE = new LogStyle(Caller.SPACED, Newline.INDENTED, Text.COMPATIBLE);

    /// As vmcore-dmesg(8) of kexec-tools.
    public static final LogStyle VMCORE_DMESG = new LogStyle(Caller.NONE, Newline.PLAIN, Text.COMPATIBLE);

    /// As dmesg(1) in the machine, if its kernel was built without `CONFIG_PRINTK_CALLER`.
    public static final LogStyle DMESG = new LogStyle(Caller.NONE, Newline.PREFIXED, Text.READABLE);

    /// As dmesg(1) in the machine, if its kernel was built with `CONFIG_PRINTK_CALLER`.
    public static final LogStyle DMESG_CALLER = new LogStyle(Caller.JOINED, Newline.PREFIXED, Text.READABLE);
}
