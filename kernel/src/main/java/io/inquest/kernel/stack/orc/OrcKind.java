package io.inquest.kernel.stack.orc;

/// What lies where an ORC entry leads to.
public enum OrcKind {
    /// Nothing is known of this code.
    UNDEFINED,
    /// Nobody called this code.
    END_OF_STACK,
    /// A return address below the caller's stack pointer.
    CALL,
    /// All registers of what an exception or interrupt came upon, a `struct pt_regs`.
    REGISTERS,
    /// Only what the processor pushes for an exception: the end of a `struct pt_regs` from `ip` on.
    PARTIAL_REGISTERS
}
