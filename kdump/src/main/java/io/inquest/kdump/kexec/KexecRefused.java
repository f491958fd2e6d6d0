package io.inquest.kdump.kexec;

import java.io.IOException;

/// The running kernel refused a call.
final class KexecRefused extends IOException {

    private static final long serialVersionUID = 1;

    private final int number;

    /// @param number the error, see [Errno]
    KexecRefused(int number) {
        super("error " + number);
        this.number = number;
    }

    int number() {
        return number;
    }
}
