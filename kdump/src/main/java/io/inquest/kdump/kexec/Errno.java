package io.inquest.kdump.kexec;

/// Errors of `kexec_file_load(2)`, by their numbers on x86, arm64, s390 and riscv (`asm-generic/errno.h` of Linux).
enum Errno {
    EPERM(1),
    ENOENT(2),
    ENOEXEC(8),
    ENOMEM(12),
    EACCES(13),
    EBUSY(16),
    EINVAL(22),
    EFBIG(27),
    ENOSYS(38),
    ENODATA(61),
    ENOPKG(65),
    EBADMSG(74),
    ELIBBAD(80),
    EMSGSIZE(90),
    EOPNOTSUPP(95),
    EADDRNOTAVAIL(99),
    ENOKEY(126),
    EKEYREJECTED(129),
    /// Any other.
    UNKNOWN(0);

    private final int number;

    Errno(int number) {
        this.number = number;
    }

    static Errno of(int number) {
        for (Errno errno : values()) {
            if (errno.number == number) {
                return errno;
            }
        }
        return UNKNOWN;
    }

    /// Whether it says that the image has no signature that the kernel trusts.
    boolean isAboutSignatures() {
        return switch (this) {
            case ENODATA, ENOPKG, EBADMSG, ELIBBAD, EMSGSIZE, ENOKEY, EKEYREJECTED -> true;
            default -> false;
        };
    }

    /// Whether the older call may take what this one does not: it leaves to programs what the kernel's loader lacks.
    boolean leavesItToTheOlderCall() {
        return switch (this) {
            case ENOSYS, EINVAL, ENOEXEC, EOPNOTSUPP -> true;
            default -> false;
        };
    }
}
