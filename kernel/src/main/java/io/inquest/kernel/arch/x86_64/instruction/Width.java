package io.inquest.kernel.arch.x86_64.instruction;

import io.inquest.kernel.arch.x86_64.instruction.Prefixes.Form;

/// What decides the size of operands of an instruction.
enum Width {
    /// 8 with REX.W, 2 with prefix 66, else 4.
    BY_PREFIX,
    /// 2 with prefix 66, else 8: what works on the stack.
    STACK,
    /// 8: near jumps.
    ALWAYS_64;

    /// Bytes of operands of size `v`.
    int operandBytes(Prefixes prefixes) {
        if (this == ALWAYS_64 || (this == BY_PREFIX && prefixes.wide())) {
            return Long.BYTES;
        }
        // Prefix 66 of VEX belongs to the opcode.
        if (prefixes.form() == Form.LEGACY && prefixes.has(Prefixes.OPERAND_SIZE)) {
            prefixes.use(Prefixes.OPERAND_SIZE);
            return Short.BYTES;
        }
        return this == STACK ? Long.BYTES : Integer.BYTES;
    }
}
