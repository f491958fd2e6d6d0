package io.inquest.kernel.stack.orc;

/// What an ORC entry counts from (kernel: `arch/x86/include/asm/orc_types.h`, `ORC_REG_*`).
public enum OrcRegister {
    UNDEFINED,
    /// The stack pointer that the caller had before the call, which the entry's first half tells.
    PREV_SP,
    AX,
    DX,
    DI,
    BP,
    SP,
    R10,
    R13,
    /// The word in memory that the frame pointer plus offset points at.
    BP_INDIRECT,
    /// The word in memory that the stack pointer points at, plus offset: a link to the stack that was left.
    SP_INDIRECT
}
