package io.inquest.kernel.arch;

import io.inquest.kernel.Kernel;
import io.inquest.kernel.object.KernelObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What unwinding a stack asks of a machine type.
public interface StackRules {

    RegisterNames registerNames();

    /// The names of registers in the order in which DWARF numbers them.
    List<String> dwarfRegisters();

    /// The registers that a function gives back to its caller as they were, besides the stack pointer.
    Set<String> preservedByCalls();

    /// Bytes of a `struct pt_regs`.
    int blockBytes();

    /// The registers of a `struct pt_regs` in memory.
    Registers block(ByteBuffer bytes);

    /// Where in a `struct pt_regs` the part begins that the processor itself pushes.
    int partialBlockOffset();

    /// The registers in that part of a `struct pt_regs` alone.
    Registers partialBlock(ByteBuffer bytes);

    /// Whether the registers are those of a user program.
    boolean isUserMode(Registers registers);

    /// Whether registers, read from where a user program's may have been saved, can be such.
    boolean isLikelyUserBlock(Registers registers);

    /// Whether words, read from anywhere on a stack, have what all saved registers have, of the kernel or of a
    /// user program.
    boolean isLikelyBlock(Registers registers);

    /// Bytes that the kernel may leave free between the top of a task's stack and the registers of its user
    /// program, the most likely first.
    List<Integer> roomAboveUserBlock();

    /// The registers that a task goes on with when the scheduler switches to it.
    ///
    /// Empty when this kernel's types do not tell. Throws a [io.inquest.dump.MemoryFault] when its stack cannot
    /// be read.
    Optional<SwitchedOut> switchedOut(Kernel kernel, KernelObject task) throws IOException;

    /// Bytes of a task's kernel stack (`THREAD_SIZE`), as this kernel was built.
    int taskStackBytes(Kernel kernel) throws IOException;

    /// Functions that a CPU does not come back from when the kernel dies: of the CPU that brings the capture
    /// kernel up, and of those that it stops.
    List<String> lastFunctions();

    /// The same from where its return address lies on its stack, for a task whose struct does not tell.
    Optional<SwitchedOut> switchedOutAt(Kernel kernel, long slot) throws IOException;

    /// The function with which the scheduler switches stacks: a task that waits returns from a call of it.
    String switchFunction();

    /// Registers of a task that is not on a CPU, and where its return address lies on its stack.
    record SwitchedOut(Registers registers, long slot) {}

    /// The stacks of a CPU beside those of tasks, as far as they can be found; none of them throws.
    List<StackArea> stacksOf(Kernel kernel, int cpu) throws IOException;

    /// Bytes before a return address that [#callTarget] and [#endsInCall] ask for.
    int callBytes();

    /// The address that the call instruction before a return address calls; 0 if the bytes are no direct call.
    long callTarget(byte[] before, long returnAddress);

    /// Whether the bytes end in a call instruction of any form.
    boolean endsInCall(byte[] before);
}
