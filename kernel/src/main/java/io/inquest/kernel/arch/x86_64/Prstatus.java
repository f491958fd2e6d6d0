package io.inquest.kernel.arch.x86_64;

import io.inquest.kernel.arch.Registers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// `struct elf_prstatus` of x86-64, an NT_PRSTATUS note (kernel: `include/linux/elfcore.h`,
/// `arch/x86/include/asm/user_64.h`).
///
/// | Offset | Size | Member                | Meaning                                                      |
/// |-------:|-----:|-----------------------|--------------------------------------------------------------|
/// |      0 |  112 |                       | signal, process ids, times                                   |
/// |    112 |  216 | `pr_reg`              | r15 r14 r13 r12 rbp rbx r11 r10 r9 r8 rax rcx rdx rsi rdi,   |
/// |        |      |                       | orig_rax, rip, cs, eflags, rsp, ss, fs_base, gs_base, ds,    |
/// |        |      |                       | es, fs, gs                                                   |
/// |    328 |    8 | `pr_fpvalid`, padding |                                                              |
final class Prstatus {

    private static final int REGISTERS_AT = 112;
    private static final int REGISTERS = 27;

    private Prstatus() {}

    static Registers registers(ByteBuffer note) {
        ByteBuffer bytes = note.slice().order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.limit() < REGISTERS_AT + REGISTERS * Long.BYTES) {
            return Registers.unknown(PtRegs.NAMES);
        }
        long[] values = new long[REGISTERS];
        for (int i = 0; i < REGISTERS; i++) {
            values[i] = bytes.getLong(REGISTERS_AT + i * Long.BYTES);
        }
        return Registers.of(PtRegs.NAMES, values);
    }
}
