package io.inquest.kernel.log;

/// How the lines of a log look.
///
/// @param caller where the line says who logged it
/// @param newline what a newline inside a record becomes
/// @param utf8 whether valid UTF-8 is written as it is; else each byte from 0x80 on is escaped
public record LogStyle(Caller caller, Newline newline, boolean utf8) {

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

    /// As `makedumpfile --dump-dmesg`; says who logged whatever the kernel itself shows.
    public static final LogStyle MAKEDUMPFILE = new LogStyle(Caller.SPACED, Newline.INDENTED, false);

    /// As vmcore-dmesg(8) of kexec-tools.
    public static final LogStyle VMCORE_DMESG = new LogStyle(Caller.NONE, Newline.PLAIN, false);

    /// As dmesg(1) in the machine, if its kernel was built without `CONFIG_PRINTK_CALLER`.
    public static final LogStyle DMESG = new LogStyle(Caller.NONE, Newline.PREFIXED, true);

    /// As dmesg(1) in the machine, if its kernel was built with `CONFIG_PRINTK_CALLER`.
    public static final LogStyle DMESG_CALLER = new LogStyle(Caller.JOINED, Newline.PREFIXED, true);
}
