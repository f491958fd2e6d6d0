package io.inquest.dump.verify;

/// What a dump is, in one word.
public enum Verdict {
    /// Nothing is wrong that can be told.
    WHOLE,
    /// Something that it promises is not there: it was cut, its writer stopped early and said so, or a part of a
    /// split set was not given. All that is there is right, as far as can be told.
    INCOMPLETE,
    /// Something is there and wrong.
    DAMAGED,
    /// It cannot be opened as a dump.
    UNREADABLE
}
