package io.inquest.dump.format;

import io.inquest.dump.Machine;
import io.inquest.dump.Note;
import java.nio.ByteOrder;
import java.util.List;

/// Tells a machine by the size of its `struct elf_prstatus`, for dumps that do not name it otherwise.
///
/// The sizes are those of the kernels' `elf_gregset_t` with the common fields around it.
public final class PrstatusSize {

    private PrstatusSize() {}

    /// The machine that the NT_PRSTATUS notes come from, or [Machine#UNKNOWN].
    public static String machine(List<Note> notes, ByteOrder order) {
        for (Note note : notes) {
            if (note.is("CORE", Note.NT_PRSTATUS)) {
                return machine(note.description().remaining(), order == ByteOrder.LITTLE_ENDIAN);
            }
        }
        return Machine.UNKNOWN;
    }

    private static String machine(int bytes, boolean little) {
        return switch (bytes) {
            case 144 -> little ? "i686" : Machine.UNKNOWN;
            case 148 -> "arm";
            case 268 -> "ppc";
            case 336 -> little ? "x86_64" : "s390x";
            case 376 -> "riscv64";
            case 392 -> "aarch64";
            case 504 -> little ? "ppc64le" : "ppc64";
            default -> Machine.UNKNOWN;
        };
    }
}
