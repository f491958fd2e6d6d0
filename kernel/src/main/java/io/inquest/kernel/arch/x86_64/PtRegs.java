package io.inquest.kernel.arch.x86_64;

import io.inquest.kernel.arch.RegisterNames;
import io.inquest.kernel.arch.Registers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/// `struct pt_regs` of x86-64 (kernel: `arch/x86/include/asm/ptrace.h`): what an exception came upon.
///
/// | Offset | Register | Offset | Register | Offset | Register   |
/// |-------:|----------|-------:|----------|-------:|------------|
/// |      0 | r15      |     56 | r10      |    112 | rdi        |
/// |      8 | r14      |     64 | r9       |    120 | `orig_rax` |
/// |     16 | r13      |     72 | r8       |    128 | rip        |
/// |     24 | r12      |     80 | rax      |    136 | cs         |
/// |     32 | rbp      |     88 | rcx      |    144 | eflags     |
/// |     40 | rbx      |     96 | rdx      |    152 | rsp        |
/// |     48 | r11      |    104 | rsi      |    160 | ss         |
///
/// From rip on the processor pushes them itself. Notes have the same order with six segment registers behind.
final class PtRegs {

    static final int BYTES = 168;

    /// Offset of what the processor pushes.
    static final int PARTIAL = 128;

    static final int R15 = 0;
    static final int R14 = 1;
    static final int R13 = 2;
    static final int R12 = 3;
    static final int RBP = 4;
    static final int RBX = 5;
    static final int RIP = 16;
    static final int CS = 17;
    static final int RFLAGS = 18;
    static final int RSP = 19;
    static final int SS = 20;

    static final RegisterNames NAMES = new RegisterNames(
            List.of(
                    "r15",
                    "r14",
                    "r13",
                    "r12",
                    "rbp",
                    "rbx",
                    "r11",
                    "r10",
                    "r9",
                    "r8",
                    "rax",
                    "rcx",
                    "rdx",
                    "rsi",
                    "rdi",
                    "orig_rax",
                    "rip",
                    "cs",
                    "rflags",
                    "rsp",
                    "ss",
                    "fs_base",
                    "gs_base",
                    "ds",
                    "es",
                    "fs",
                    "gs"),
            RIP,
            RSP,
            RBP);

    private static final long KERNEL_CS = 0x10;
    private static final long KERNEL_SS = 0x18;
    private static final long USER_CS = 0x33;
    private static final long USER_CS_32 = 0x23;
    private static final long USER_SS = 0x2b;

    private PtRegs() {}

    static Registers read(ByteBuffer memory) {
        ByteBuffer bytes = memory.slice().order(ByteOrder.LITTLE_ENDIAN);
        long[] values = new long[BYTES / Long.BYTES];
        for (int i = 0; i < values.length; i++) {
            values[i] = bytes.getLong(i * Long.BYTES);
        }
        return Registers.of(NAMES, values);
    }

    static Registers readPartial(ByteBuffer memory) {
        ByteBuffer bytes = memory.slice().order(ByteOrder.LITTLE_ENDIAN);
        Registers registers = Registers.unknown(NAMES);
        for (int i = RIP; i <= SS; i++) {
            registers = registers.with(i, bytes.getLong((i - RIP) * Long.BYTES));
        }
        return registers;
    }

    /// The privilege level of code is in the last bits of its segment.
    static boolean isUserMode(Registers registers) {
        return (registers.value(CS) & 3) == 3;
    }

    /// Segments of user programs: 64-bit code, or 32-bit code (kernel: `arch/x86/include/asm/segment.h`).
    static boolean isLikelyUserBlock(Registers registers) {
        long cs = registers.value(CS) & 0xffff;
        return (cs == USER_CS || cs == USER_CS_32) && (registers.value(SS) & 0xffff) == USER_SS;
    }

    /// Whether what the processor pushes may be there: its segments in whole words, the flag that is always set
    /// (bit 1), and none of those that do not exist (above bit 21). In kernel mode 64-bit code has any stack
    /// segment or none.
    static boolean isLikelyBlock(Registers registers) {
        long cs = registers.value(CS);
        long ss = registers.value(SS);
        boolean user = (cs == USER_CS || cs == USER_CS_32) && ss == USER_SS;
        boolean kernel = cs == KERNEL_CS && (ss == KERNEL_SS || ss == 0);
        return (user || kernel) && (registers.value(RFLAGS) >>> 1) % 2 == 1 && registers.value(RFLAGS) >>> 22 == 0;
    }
}
