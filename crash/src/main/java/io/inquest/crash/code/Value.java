package io.inquest.crash.code;

/// A value that is some bytes away from where it comes from.
///
/// @param plus what was added, such as the offset of a member
public record Value(Origin origin, long plus) {

    /// Longer chains are rare, and a loop would make them endless.
    private static final int DEEPEST = 6;

    Value add(long more) {
        return new Value(origin, plus + more);
    }

    /// What a pointer of this value leads to, at a distance.
    Value loaded(long offset) {
        return new Value(new Origin.Loaded(origin, plus + offset), 0);
    }

    boolean mayBeFollowed() {
        return origin.depth() < DEEPEST;
    }
}
