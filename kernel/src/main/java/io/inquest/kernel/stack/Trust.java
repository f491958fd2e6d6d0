package io.inquest.kernel.stack;

/// How far to trust a frame, the most trusted first.
public enum Trust {
    /// Told by tables or registers.
    CERTAIN,
    /// Told by a rule that holds almost always.
    LIKELY,
    /// May be a leftover of an earlier call.
    GUESSED;

    /// The lesser of both.
    Trust and(Trust other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
