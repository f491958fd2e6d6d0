package io.inquest.crash.code;

/// Where a value in a function comes from, as far as its code alone tells.
public sealed interface Origin {

    /// An argument of the function, counted from 0.
    record Argument(int number) implements Origin {}

    /// What a function returned that was called.
    ///
    /// @param function where it begins
    record Result(long function) implements Origin {}

    /// What memory at a fixed address holds.
    ///
    /// @param address of the variable or, for one that each CPU has its own of, within those
    /// @param perCpu whether each CPU has its own
    record Variable(long address, boolean perCpu) implements Origin {}

    /// What memory holds at a distance from a pointer.
    record Loaded(Origin pointer, long offset) implements Origin {}

    /// An address in the function's own stack frame.
    record Stack() implements Origin {}

    /// How many pointers were followed.
    default int depth() {
        return this instanceof Loaded loaded ? 1 + loaded.pointer().depth() : 0;
    }
}
