package io.inquest.crash.report.death;

/// Names of the kernel's error numbers. Source: include/uapi/asm-generic/errno-base.h, errno.h.
final class ErrorNumber {

    private static final String[] NAMES = ("- EPERM ENOENT ESRCH EINTR EIO ENXIO E2BIG ENOEXEC EBADF ECHILD EAGAIN"
                    + " ENOMEM EACCES EFAULT ENOTBLK EBUSY EEXIST EXDEV ENODEV ENOTDIR EISDIR EINVAL ENFILE EMFILE"
                    + " ENOTTY ETXTBSY EFBIG ENOSPC ESPIPE EROFS EMLINK EPIPE EDOM ERANGE EDEADLK ENAMETOOLONG"
                    + " ENOLCK ENOSYS ENOTEMPTY ELOOP")
            .split(" ", -1);

    private ErrorNumber() {}

    /// `the error -12, ENOMEM`.
    static String describe(int number) {
        String name = number < NAMES.length ? NAMES[number] : other(number);
        return "the error -" + number + (name.isEmpty() ? "" : ", " + name);
    }

    private static String other(int number) {
        return switch (number) {
            case 61 -> "ENODATA";
            case 62 -> "ETIME";
            case 71 -> "EPROTO";
            case 74 -> "EBADMSG";
            case 75 -> "EOVERFLOW";
            case 95 -> "EOPNOTSUPP";
            case 104 -> "ECONNRESET";
            case 110 -> "ETIMEDOUT";
            case 116 -> "ESTALE";
            case 117 -> "EUCLEAN";
            case 121 -> "EREMOTEIO";
            case 512 -> "ERESTARTSYS";
            case 517 -> "EPROBE_DEFER";
            default -> "";
        };
    }
}
