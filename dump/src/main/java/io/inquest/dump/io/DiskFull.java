package io.inquest.dump.io;

import java.io.IOException;

/// Tells a full disk from other failures of a write: Java has no exception of its own for it, only
/// the system's text.
public final class DiskFull {

    /// strerror(3) of ENOSPC, EDQUOT and EFBIG in the C library's own language, which is what a JVM without
    /// message catalogues gives.
    private static final String[] TEXTS = {"No space left on device", "Disk quota exceeded", "File too large"};

    private DiskFull() {}

    /// The failure itself, or the [NoSpaceException] that it stands for.
    public static IOException translate(String name, IOException failure) {
        String message = failure.getMessage();
        if (message != null) {
            for (String text : TEXTS) {
                if (message.contains(text)) {
                    return new NoSpaceException(name + ": " + text, failure);
                }
            }
        }
        return failure;
    }
}
