package io.inquest.kernel.stack;

/// One way to find the caller of a frame.
///
/// Safe for many threads; answers do not depend on what was asked before.
public interface Unwinder {

    FoundBy foundBy();

    /// The caller of `frame`, the end, or why this way does not lead on.
    ///
    /// May throw a [io.inquest.dump.MemoryFault] for a place that the dump does not hold or that is on no stack.
    Step callerOf(FrameState frame, StackMemory stacks);
}
