package io.inquest.kernel.arch.x86_64;

import io.inquest.kernel.Kernel;
import io.inquest.kernel.arch.RegisterNames;
import io.inquest.kernel.arch.Registers;
import io.inquest.kernel.arch.StackArea;
import io.inquest.kernel.arch.StackRules;
import io.inquest.kernel.object.KernelObject;
import io.inquest.kernel.type.Member;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// Stacks of x86-64.
final class X86_64Stacks implements StackRules {

    /// With `CONFIG_X86_FRED`, 16 bytes that such a processor pushes lie above the registers, whatever processor
    /// it is (kernel: `arch/x86/include/asm/thread_info.h`, `TOP_OF_KERNEL_STACK_PADDING`).
    private static final List<Integer> ROOM_ABOVE_USER_BLOCK = List.of(0, 16);

    private static final List<String> LAST_FUNCTIONS = List.of("machine_kexec", "crash_nmi_callback");

    /// Without and with KASAN, and the largest that anybody configures.
    private static final int USUAL_STACK = 16 << 10;

    /// Of the registers that `__switch_to_asm` pushes: RBP, RBX, R12 to R15.
    private static final int PUSHED_BYTES = 6 * Long.BYTES;

    private static final int SMALLEST_STACK = 8 << 10;

    /// No stack is larger, whatever types or symbols say.
    static final int LARGEST_STACK = 256 << 10;

    /// System V ABI of x86-64, figure 3.36.
    private static final List<String> DWARF_REGISTERS = List.of(
            "rax", "rdx", "rcx", "rbx", "rsi", "rdi", "rbp", "rsp", "r8", "r9", "r10", "r11", "r12", "r13", "r14",
            "r15", "rip");

    private static final Set<String> PRESERVED_BY_CALLS = Set.of("rbx", "rbp", "r12", "r13", "r14", "r15");

    @Override
    public RegisterNames registerNames() {
        return PtRegs.NAMES;
    }

    @Override
    public List<String> dwarfRegisters() {
        return DWARF_REGISTERS;
    }

    @Override
    public Set<String> preservedByCalls() {
        return PRESERVED_BY_CALLS;
    }

    @Override
    public int blockBytes() {
        return PtRegs.BYTES;
    }

    @Override
    public Registers block(ByteBuffer bytes) {
        return PtRegs.read(bytes);
    }

    @Override
    public int partialBlockOffset() {
        return PtRegs.PARTIAL;
    }

    @Override
    public Registers partialBlock(ByteBuffer bytes) {
        return PtRegs.readPartial(bytes);
    }

    @Override
    public boolean isUserMode(Registers registers) {
        return PtRegs.isUserMode(registers);
    }

    @Override
    public boolean isLikelyUserBlock(Registers registers) {
        return PtRegs.isLikelyUserBlock(registers);
    }

    @Override
    public boolean isLikelyBlock(Registers registers) {
        return PtRegs.isLikelyBlock(registers);
    }

    @Override
    public List<Integer> roomAboveUserBlock() {
        return ROOM_ABOVE_USER_BLOCK;
    }

    /// What `__switch_to_asm` pushes below the address it was called from, and `thread.sp` points at the lowest of
    /// (kernel: `arch/x86/entry/entry_64.S`, `struct inactive_task_frame` in `arch/x86/include/asm/switch_to.h`,
    /// since 4.9: 0100301bfdf5):
    ///
    /// | Words from the return address | Holds                                                        |
    /// |------------------------------:|--------------------------------------------------------------|
    /// | 0                             | return address                                               |
    /// | -1                            | RBP                                                          |
    /// | -2                            | RBX                                                          |
    /// | -3 … -6                       | R12 … R15                                                    |
    /// | -7                            | flags, from 5.2 (6690e86be83a) to 5.7 only (64604d54d311)    |
    ///
    /// So where the type is lost or damaged, it is not needed: the return address is the word that leads into the
    /// image.
    @Override
    public Optional<SwitchedOut> switchedOut(Kernel kernel, KernelObject task) throws IOException {
        if (!savesByPushing(kernel)) {
            return Optional.empty();
        }
        long stackPointer = task.member("thread.sp").unsigned();
        return switchedOutAt(kernel, returnAddressSlot(kernel, stackPointer));
    }

    private static long returnAddressSlot(Kernel kernel, long stackPointer) throws IOException {
        Optional<Member> told =
                kernel.types().findStruct("inactive_task_frame").flatMap(type -> type.memberAt("ret_addr"));
        if (told.isPresent()) {
            return stackPointer + told.get().offset();
        }
        long slot = stackPointer + PUSHED_BYTES;
        boolean leadsIntoImage =
                kernel.architecture().isImageAddress(kernel.space().readLong(slot));
        return leadsIntoImage ? slot : slot + Long.BYTES;
    }

    @Override
    public Optional<SwitchedOut> switchedOutAt(Kernel kernel, long slot) throws IOException {
        if (!savesByPushing(kernel)) {
            return Optional.empty();
        }
        ByteBuffer pushed = ByteBuffer.allocate(PUSHED_BYTES + Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        kernel.space().read(slot - PUSHED_BYTES, pushed);
        pushed.flip();
        Registers registers = Registers.caller(PtRegs.NAMES, pushed.getLong(PUSHED_BYTES), slot + Long.BYTES)
                .with(PtRegs.R15, pushed.getLong())
                .with(PtRegs.R14, pushed.getLong())
                .with(PtRegs.R13, pushed.getLong())
                .with(PtRegs.R12, pushed.getLong())
                .with(PtRegs.RBX, pushed.getLong())
                .with(PtRegs.RBP, pushed.getLong());
        return Optional.of(new SwitchedOut(registers, slot));
    }

    private boolean savesByPushing(Kernel kernel) throws IOException {
        return kernel.types().findStruct("inactive_task_frame").isPresent()
                || kernel.symbols().core().address(switchFunction()).isPresent();
    }

    @Override
    public String switchFunction() {
        return "__switch_to_asm";
    }

    /// The kernel's first stack is part of its image and as large as all others:
    ///
    /// | Symbols                                  | Since                |
    /// |------------------------------------------|----------------------|
    /// | `__start_init_stack`, `__end_init_stack` | 6.10 (8f69cba096b5)  |
    /// | `__start_init_task`, `__end_init_task`   | 4.16 (0500871f21b2)  |
    @Override
    public int taskStackBytes(Kernel kernel) throws IOException {
        for (String what : List.of("stack", "task")) {
            OptionalLong start = kernel.symbols().core().address("__start_init_" + what);
            OptionalLong end = kernel.symbols().core().address("__end_init_" + what);
            if (start.isPresent() && end.isPresent()) {
                long bytes = end.getAsLong() - start.getAsLong();
                if (bytes >= SMALLEST_STACK && bytes <= LARGEST_STACK && Long.bitCount(bytes) == 1) {
                    return (int) bytes;
                }
            }
        }
        return USUAL_STACK;
    }

    @Override
    public List<String> lastFunctions() {
        return LAST_FUNCTIONS;
    }

    @Override
    public List<StackArea> stacksOf(Kernel kernel, int cpu) throws IOException {
        return new CpuStacks(kernel, cpu, taskStackBytes(kernel)).find();
    }

    @Override
    public int callBytes() {
        return CallInstruction.BYTES;
    }

    @Override
    public long callTarget(byte[] before, long returnAddress) {
        return CallInstruction.target(before, returnAddress);
    }

    @Override
    public boolean endsInCall(byte[] before) {
        return CallInstruction.endsIn(before);
    }
}
