package io.inquest.kernel.page;

import io.inquest.dump.MemoryFault;
import io.inquest.dump.Note;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.Mapping;
import io.inquest.kernel.arch.Architecture;
import io.inquest.kernel.arch.FrameVisitor;
import io.inquest.kernel.arch.KernelSpace;
import io.inquest.kernel.arch.Registers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// What the CPUs were at when the kernel died: the frames that their registers, and the kernel stacks under
/// them, point at.
///
/// Needs no types: any word that the kernel's page tables translate is taken for a pointer. User addresses are
/// not followed, since the note of a CPU does not tell its page tables.
final class References {

    private final KernelSpace space;
    private final Architecture architecture;
    private final int pageShift;
    private final FrameVisitor visitor;

    private References(Kernel kernel, FrameVisitor visitor) throws IOException {
        this.space = kernel.pageTables();
        this.architecture = kernel.architecture();
        this.pageShift = kernel.machine().pageShift();
        this.visitor = visitor;
    }

    /// The frames that registers and stacks point at.
    static void visit(Kernel kernel, FrameVisitor visitor) throws IOException {
        References references = new References(kernel, visitor);
        for (Registers registers : references.cpus(kernel)) {
            for (int i = 0; i < registers.count(); i++) {
                references.pointer(registers.value(i));
            }
            if (references.isOnKernelStack(registers)) {
                references.stackWords(registers.stackPointer());
            }
        }
    }

    /// The frames of the stacks themselves, all of each.
    static void visitStacks(Kernel kernel, FrameVisitor visitor) throws IOException {
        References references = new References(kernel, visitor);
        for (Registers registers : references.cpus(kernel)) {
            if (references.isOnKernelStack(registers)) {
                references.stackFrames(registers.stackPointer());
            }
        }
    }

    private List<Registers> cpus(Kernel kernel) {
        List<Registers> cpus = new ArrayList<>();
        for (Note note : kernel.dump().notes()) {
            if (note.is("CORE", Note.NT_PRSTATUS)) {
                cpus.add(architecture.registers(note.description()));
            }
        }
        return cpus;
    }

    private boolean isOnKernelStack(Registers registers) {
        return space.isKernelAddress(registers.stackPointer());
    }

    /// A stack is aligned to its size.
    private void stackFrames(long stackPointer) throws IOException {
        long start = stackPointer & -architecture.stackBytes();
        for (long at = 0; at < architecture.stackBytes(); at += 1L << pageShift) {
            pointer(start + at);
        }
    }

    /// From the stack pointer to the stack's end, which is aligned to its size.
    private void stackWords(long stackPointer) throws IOException {
        long wordBytes = space.wordBytes();
        long end = (stackPointer | architecture.stackBytes() - 1) + 1;
        long start = stackPointer & -wordBytes;
        ByteBuffer words = ByteBuffer.allocate((int) (end - start)).order(space.order());
        try {
            space.read(start, words);
        } catch (MemoryFault lost) {
            // What was read before the fault still points somewhere.
        }
        words.flip();
        while (words.remaining() >= wordBytes) {
            pointer(wordBytes == Long.BYTES ? words.getLong() : words.getInt() & 0xffff_ffffL);
        }
    }

    private void pointer(long value) throws IOException {
        if (space.isKernelAddress(value) && space.translate(value, 1) instanceof Mapping.Mapped mapped) {
            visitor.frames(mapped.to() >>> pageShift, 1);
        }
    }
}
