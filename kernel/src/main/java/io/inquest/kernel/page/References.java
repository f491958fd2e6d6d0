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

    static void visit(Kernel kernel, FrameVisitor visitor) throws IOException {
        References references = new References(kernel, visitor);
        for (Note note : kernel.dump().notes()) {
            if (note.is("CORE", Note.NT_PRSTATUS)) {
                references.ofCpu(references.architecture.registers(note.description()));
            }
        }
    }

    private void ofCpu(Registers registers) throws IOException {
        for (int i = 0; i < registers.count(); i++) {
            pointer(registers.value(i));
        }
        if (space.isKernelAddress(registers.stackPointer())) {
            stack(registers.stackPointer());
        }
    }

    /// From the stack pointer to the stack's end, which is aligned to its size.
    private void stack(long stackPointer) throws IOException {
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
