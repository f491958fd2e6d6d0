package io.inquest.kernel.stack;

import io.inquest.kernel.Hex;
import io.inquest.kernel.arch.StackArea;
import java.util.Optional;

/// Tells that a task's stack ran over: something was interrupted, by the fault on the guard page below it, when the
/// stack pointer was at the stack's lowest address or beyond.
final class StackOverflow {

    /// No function can be called with less, so it is not by chance that a stack pointer is there.
    private static final long NEAR = 64;

    private StackOverflow() {}

    /// A sentence, if a frame on that stack says so.
    static Optional<String> in(StackTrace trace, StackArea stack) {
        for (Frame frame : trace.frames()) {
            long left = frame.stackPointer() - stack.low();
            boolean atTheEnd = left <= NEAR && left >= -stack.bytes();
            if (atTheEnd && frame.interrupted() && !frame.user()) {
                return Optional.of("stack overflow: the stack pointer " + Hex.of(frame.stackPointer()) + " is "
                        + (left < 0 ? -left + " bytes below" : left + " bytes above")
                        + " the lowest address of the task's stack, " + Hex.of(stack.low()));
            }
        }
        return Optional.empty();
    }
}
