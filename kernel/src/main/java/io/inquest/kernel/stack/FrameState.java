package io.inquest.kernel.stack;

import io.inquest.kernel.arch.Registers;

/// Where the processor was in one function call.
///
/// @param registers those that are known; at least where it was, and the stack pointer
/// @param interrupted whether the address is that of the next instruction, because an exception came there, and not
///     the address that a call returns to
public record FrameState(Registers registers, boolean interrupted) {

    /// Where it goes on, or would return to.
    public long address() {
        return registers.instructionPointer();
    }

    public long stackPointer() {
        return registers.stackPointer();
    }

    /// An address within the instruction that is being executed.
    ///
    /// A call may be the last instruction of its function, with the next function's first one behind it.
    public long codeAddress() {
        return interrupted ? address() : address() - 1;
    }
}
