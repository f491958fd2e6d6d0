package io.inquest.kernel.task;

import io.inquest.dump.MemoryFault;
import io.inquest.dump.Note;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.arch.Architecture;
import io.inquest.kernel.arch.Registers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Finds the registers of each CPU.
///
/// A dying kernel saves them in the per-CPU buffer at `crash_notes`, as an ELF note (kernel:
/// `kernel/crash_core.c`, `crash_save_cpu`); kexec puts those buffers into the dump's notes, a hypervisor writes
/// notes of its own. A kernel that died without saving them has empty buffers.
///
/// | Offset | Size | Meaning                    |
/// |-------:|-----:|----------------------------|
/// |      0 |    4 | bytes of the name, 5       |
/// |      4 |    4 | bytes of the description   |
/// |      8 |    4 | type, NT_PRSTATUS          |
/// |     12 |    8 | `CORE`, padded             |
/// |     20 |      | `struct elf_prstatus`      |
final class CpuNotes {

    private static final String CRASH_NOTES = "crash_notes";
    private static final int HEADER_BYTES = 20;

    /// `KEXEC_NOTE_BYTES` is no more on any machine.
    private static final int MOST_BYTES = 4096;

    /// Offset of `pr_pid` in `struct elf_prstatus` on machines of 64 bits, and of 32 bits.
    private static final int PID_AT_64 = 32;

    private static final int PID_AT_32 = 24;

    private final Kernel kernel;
    private final Architecture architecture;
    private final List<Note> notes = new ArrayList<>();

    CpuNotes(Kernel kernel) throws IOException {
        this.kernel = kernel;
        this.architecture = kernel.architecture();
        for (Note note : kernel.dump().notes()) {
            if (note.is("CORE", Note.NT_PRSTATUS)) {
                notes.add(note);
            }
        }
    }

    /// The registers of a CPU; `position` is its number among those that are online.
    Optional<CpuRegisters> of(int cpu, int position) throws IOException {
        Optional<CpuRegisters> saved = saved(cpu);
        if (saved.isPresent() || position < 0 || position >= notes.size()) {
            return saved;
        }
        return registers(notes.get(position).description(), "NT_PRSTATUS");
    }

    private Optional<CpuRegisters> saved(int cpu) throws IOException {
        OptionalLong pointer = kernel.symbols().core().address(CRASH_NOTES);
        if (pointer.isEmpty()) {
            return Optional.empty();
        }
        try {
            long buffer = kernel.space().readWord(pointer.getAsLong());
            return buffer == 0 ? Optional.empty() : note(kernel.perCpu().address(buffer, cpu));
        } catch (MemoryFault lost) {
            return Optional.empty();
        }
    }

    private Optional<CpuRegisters> note(long address) throws IOException {
        ByteBuffer header = read(address, HEADER_BYTES);
        int nameBytes = header.getInt(0);
        int bytes = header.getInt(4);
        boolean isPrstatus = nameBytes == 5 && header.getInt(8) == Note.NT_PRSTATUS;
        if (!isPrstatus || bytes <= 0 || bytes > MOST_BYTES) {
            return Optional.empty();
        }
        return registers(read(address + HEADER_BYTES, bytes), CRASH_NOTES);
    }

    private ByteBuffer read(long address, int bytes) throws IOException {
        ByteBuffer target = ByteBuffer.allocate(bytes).order(kernel.machine().order());
        kernel.space().read(address, target);
        return target.flip();
    }

    private Optional<CpuRegisters> registers(ByteBuffer prstatus, String source) {
        int pidAt = kernel.machine().wordBytes() == Long.BYTES ? PID_AT_64 : PID_AT_32;
        Registers registers = architecture.registers(prstatus);
        if (prstatus.remaining() < pidAt + Integer.BYTES || isEmpty(registers)) {
            return Optional.empty();
        }
        int pid = prstatus.getInt(prstatus.position() + pidAt);
        return Optional.of(new CpuRegisters(registers, pid, source));
    }

    private static boolean isEmpty(Registers registers) {
        return registers.stackPointer() == 0 && registers.instructionPointer() == 0;
    }
}
