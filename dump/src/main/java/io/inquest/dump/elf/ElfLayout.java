package io.inquest.dump.elf;

import io.inquest.dump.Dump;
import io.inquest.dump.DumpException;
import io.inquest.dump.Machine;
import io.inquest.dump.Note;
import io.inquest.dump.NoteArea;
import io.inquest.dump.PhysicalSegment;
import io.inquest.dump.format.RawStruct;
import io.inquest.dump.io.ByteSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What an ELF core that is to be written takes over: the file header, the notes, and the memory it
/// may speak of.
///
/// @param machine its byte order and word size (4: ELF32, 8: ELF64) are those of the headers
/// @param header the ELF header to copy, read-only; fields that depend on the contents are set when it is written
/// @param segments the PT_LOADs, in the order in which they will be in the file; those that overlap stay apart
/// @param noteSegment the PT_NOTE; its place and size are set when it is written
/// @param notes all notes
public record ElfLayout(
        Machine machine, ByteBuffer header, List<ElfSegment> segments, ElfSegment noteSegment, NoteArea notes) {

    private static final int READ_WRITE_EXECUTE = 7;

    /// As the kernel describes the notes of a vmcore; where they lie is known when they are written.
    private static final ElfSegment NOTE_SEGMENT = new ElfSegment(new PhysicalSegment(0, 0, 0, 0, 0), 0, 4);

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
        return new ElfLayout(machine, new ElfEncoder(machine).newHeader(), segments, NOTE_SEGMENT, notes);
    }

    /// A layout for the memory of a dump of another format, which keeps what the dump says of erased data.
    public static ElfLayout of(Dump dump, NoteArea notes) throws IOException {
        List<PhysicalSegment> named = dump.memory().segments();
        List<PhysicalSegment> memory = named.isEmpty() ? ExistingRuns.of(dump) : named;
        Optional<String> erased = dump.header().eraseInfo();
        return of(dump.machine(), memory, erased.isPresent() ? notes.plus(eraseNote(erased.get())) : notes);
    }

    private static Note eraseNote(String text) {
        return new Note("ERASEINFO", 0, ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    /// A layout like that of another ELF core. Program headers that cannot be right are left out, as
    /// [io.inquest.dump.Dumps] does and tells.
    public static ElfLayout like(ByteSource core, Machine machine, NoteArea notes) throws IOException {
        ElfHeader header = ElfHeader.read(core);
        int entryBytes = ProgramHeader.bytes(header.wordBytes());
        long mostEntries = (core.size() - header.programHeadersAt()) / header.programHeaderStride();
        if (header.programHeadersAt() < 0 || header.programHeaders() > mostEntries) {
            throw new DumpException(core.name() + ": " + header.programHeaders() + " program headers at byte "
                    + header.programHeadersAt() + " do not fit into the file of " + core.size() + " bytes");
        }
        List<ElfSegment> segments = new ArrayList<>();
        ElfSegment noteSegment = null;
        for (long i = 0; i < header.programHeaders(); i++) {
            long offset = header.programHeadersAt() + i * header.programHeaderStride();
            RawStruct raw = RawStruct.read(core, "ELF program header", offset, entryBytes)
                    .order(header.order());
            ProgramHeader entry = ProgramHeader.parse(raw, header.wordBytes());
            ElfSegment segment = new ElfSegment(entry.segment(), entry.flags(), entry.align());
            if (entry.type() == ProgramHeader.PT_LOAD && entry.isPlausible()) {
                segments.add(segment);
            } else if (entry.type() == ProgramHeader.PT_NOTE && noteSegment == null) {
                noteSegment = segment;
            }
        }
        ByteBuffer headerBytes =
                ByteBuffer.allocate(new ElfEncoder(machine).headerBytes()).order(machine.order());
        core.readFully(0, headerBytes);
        return new ElfLayout(
                machine, headerBytes.flip(), segments, noteSegment == null ? NOTE_SEGMENT : noteSegment, notes);
    }
}
