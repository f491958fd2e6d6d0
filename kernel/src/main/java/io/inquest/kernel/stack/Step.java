package io.inquest.kernel.stack;

/// What an unwinder answers for one frame.
public sealed interface Step {

    /// The frame's caller.
    ///
    /// @param slot where on the stack its address was found; for an interrupted frame its stack pointer
    record Caller(FrameState state, long slot) implements Step {}

    /// The frame has no caller: a CPU or a kernel thread began there.
    record EndOfStack() implements Step {}

    /// This way does not lead on; `reason` is half a sentence such as `ORC says nothing of this code`.
    record Unknown(String reason) implements Step {}
}
