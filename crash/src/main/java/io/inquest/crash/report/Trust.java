package io.inquest.crash.report;

/// How a frame of a backtrace was found, and so how far to believe it.
public enum Trust {
    /// The registers saved when something interrupted this function: it certainly ran.
    REGISTERS,
    /// Found by unwind data or frame pointers: it was called.
    UNWOUND,
    /// A return address that lay on the stack (`?` in logs): perhaps left over from an earlier call.
    GUESSED;

    public boolean reliable() {
        return this != GUESSED;
    }

    /// The word that JSON uses; stable.
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
