package io.inquest.dump.elf;

import io.inquest.dump.DumpException;
import io.inquest.dump.Machine;
import io.inquest.dump.NoteArea;
import io.inquest.dump.PhysicalSegment;
import io.inquest.dump.format.RawStruct;
import io.inquest.dump.io.ByteSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// What an ELF core that is to be written takes over: the file header, the notes, and the memory it may speak
/// of.
///
/// @param machine its byte order and word size (4: ELF32, 8: ELF64) are those of the headers
/// @param header the ELF header to copy, read-only; the fields that depend on the contents are set when it is
/// written
/// @param segments the PT_LOADs, in the order in which they will be in the file; those that overlap stay apart
/// @param noteAlignment `p_align` of the PT_NOTE
/// @param notes all notes
public record ElfLayout(
        Machine machine, ByteBuffer header, List<ElfSegment> segments, long noteAlignment, NoteArea notes) {

    private static final int READ_WRITE_EXECUTE = 7;
    private static final int NOTE_ALIGNMENT = 4;

    public ElfLayout {
        segments = List.copyOf(segments);
        header = header.asReadOnlyBuffer();
    }

    /// A layout with a new header, as the kernel gives a vmcore.
    public static ElfLayout of(Machine machine, List<PhysicalSegment> memory, NoteArea notes) {
        List<ElfSegment> segments = new ArrayList<>();
        for (PhysicalSegment segment : memory) {
            segments.add(new ElfSegment(segment, READ_WRITE_EXECUTE, 0));
        }
        return new ElfLayout(machine, new ElfEncoder(machine).newHeader(), segments, NOTE_ALIGNMENT, notes);
    }

    /// A layout like that of another ELF core, which [io.inquest.dump.Dumps] has opened without complaint.
    public static ElfLayout like(ByteSource core, Machine machine, NoteArea notes) throws IOException {
        ElfHeader header = ElfHeader.read(core);
        int entryBytes = ProgramHeader.bytes(header.wordBytes());
        long mostEntries = (core.size() - header.programHeadersAt()) / header.programHeaderStride();
        if (header.programHeadersAt() < 0 || header.programHeaders() > mostEntries) {
            throw new DumpException(core.name() + ": " + header.programHeaders() + " program headers at byte "
                    + header.programHeadersAt() + " do not fit into the file of " + core.size() + " bytes");
        }
        List<ElfSegment> segments = new ArrayList<>();
        long noteAlignment = NOTE_ALIGNMENT;
        for (long i = 0; i < header.programHeaders(); i++) {
            long offset = header.programHeadersAt() + i * header.programHeaderStride();
            RawStruct raw = RawStruct.read(core, "ELF program header", offset, entryBytes)
                    .order(header.order());
            ProgramHeader entry = ProgramHeader.parse(raw, header.wordBytes());
            if (entry.type() == ProgramHeader.PT_LOAD) {
                segments.add(new ElfSegment(entry.segment(), entry.flags(), entry.align()));
            } else if (entry.type() == ProgramHeader.PT_NOTE) {
                noteAlignment = entry.align();
            }
        }
        ByteBuffer headerBytes =
                ByteBuffer.allocate(new ElfEncoder(machine).headerBytes()).order(machine.order());
        core.readFully(0, headerBytes);
        return new ElfLayout(machine, headerBytes.flip(), segments, noteAlignment, notes);
    }
}
