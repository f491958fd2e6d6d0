package io.inquest.dump.elf;

import io.inquest.dump.Machine;
import io.inquest.dump.Note;
import io.inquest.dump.PhysicalSegment;
import io.inquest.dump.Warnings;
import io.inquest.dump.format.Counted;
import io.inquest.dump.format.NoteReader;
import io.inquest.dump.format.PrstatusSize;
import io.inquest.dump.format.RawStruct;
import io.inquest.dump.io.ByteSource;
import io.inquest.dump.io.PatchedSource;
import io.inquest.dump.salvage.SalvageLog;
import io.inquest.dump.trailer.Trailer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What is left of the program headers of an ELF core that has lost its ELF header and the first of them.
/// They follow the ELF header, and the bytes of each segment begin where those of the one before end; notes
/// are behind the table and are known by their names.
///
/// @param first the first program header that is left
/// @param end behind the last
record ElfRemains(ByteSource source, int wordBytes, ByteOrder order, int first, int end) {

    /// A start of this many program headers may be lost, 3.5 MiB.
    private static final int MOST_LOST = 1 << 16;

    /// Neighbours that must agree: anything else that looks like two program headers is there by no accident.
    private static final int LINKS = 2;

    /// Notes begin behind the table, at the next page at most, with a section header between.
    private static final int MOST_GAP_BYTES = 64 << 10;

    private static final int MOST_NOTE_BYTES = 16 << 20;

    /// What is left in a file that does not begin as an ELF core; nothing if it is none, or has too little
    /// left.
    static Optional<ElfRemains> find(ByteSource source) throws IOException {
        for (int wordBytes : new int[] {8, 4}) {
            for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
                ElfRemains any = new ElfRemains(source, wordBytes, order, 0, 0);
                for (int entry = 0; entry < MOST_LOST && any.place(entry + LINKS) <= source.size(); entry++) {
                    if (any.linksAt(entry)) {
                        return Optional.of(any.from(entry));
                    }
                }
            }
        }
        return Optional.empty();
    }

    private boolean linksAt(int entry) throws IOException {
        ProgramHeader one = read(entry);
        // Most places are not even that.
        if (!isMemory(one)) {
            return false;
        }
        ProgramHeader next = read(entry + 1);
        return isMemory(next) && ElfRecovery.follows(one.offset() + one.filesz(), next.offset());
    }

    private boolean isMemory(ProgramHeader entry) {
        return entry.type() == ProgramHeader.PT_LOAD && entry.filesz() > 0 && canBe(entry);
    }

    private boolean canBe(ProgramHeader entry) {
        return ElfRecovery.canBe(entry) && entry.offset() <= source.size();
    }

    /// All entries around these.
    private ElfRemains from(int entry) throws IOException {
        int start = entry;
        while (start > 0 && canBe(read(start - 1))) {
            start--;
        }
        int last = entry + LINKS;
        while (last < ElfEncoder.PN_XNUM && place(last + 1) <= source.size() && canBe(read(last))) {
            last++;
        }
        return new ElfRemains(source, wordBytes, order, start, last);
    }

    private ElfEncoder encoder(String machine) {
        return new ElfEncoder(new Machine(machine, order, wordBytes, 12));
    }

    private long place(int entry) {
        ElfEncoder sizes = encoder(Machine.UNKNOWN);
        return sizes.headerBytes() + (long) entry * sizes.programHeaderBytes();
    }

    private ProgramHeader read(int entry) throws IOException {
        int bytes = ProgramHeader.bytes(wordBytes);
        return ProgramHeader.parse(
                RawStruct.read(source, "program header", place(entry), bytes).order(order), wordBytes);
    }

    /// Makes, in `patched`, the ELF header and the program header of the notes again. Segments whose program
    /// headers are lost are told: nothing tells which memory they are.
    void restore(PatchedSource patched, SalvageLog log) throws IOException {
        long notesAt = notesAt();
        List<Note> notes = new ArrayList<>();
        long noteBytes = 0;
        if (notesAt > 0) {
            long most = Math.min(MOST_NOTE_BYTES, patched.size() - notesAt);
            noteBytes = new NoteReader(patched, order, Warnings.NONE).read(notesAt, most, notes) - notesAt;
        }
        ElfEncoder encoder = encoder(PrstatusSize.machine(notes, order));
        patched.patch(0, encoder.header(encoder.newHeader(), end, 0).array());
        ByteBuffer lost =
                ByteBuffer.allocate(first * ProgramHeader.bytes(wordBytes)).order(order);
        if (first > 0 && noteBytes > 0) {
            PhysicalSegment place = new PhysicalSegment(0, 0, noteBytes, noteBytes, notesAt);
            encoder.putProgramHeader(lost, ProgramHeader.PT_NOTE, new ElfSegment(place, 0, Integer.BYTES));
        }
        patched.patch(place(0), lost.array());
        log.repaired("the ELF header was lost; it was made again for the " + Counted.of(end, "program header")
                + " that the file has room for");
        if (first > 1) {
            log.lost(Counted.of(first - 1L, "program header")
                    + " at the begin of the file: which page frames their pages are of cannot be told");
        }
        if (Trailer.atEnd(patched).isEmpty()) {
            tellPagesOfLostSegments(Math.max(place(end), notesAt + noteBytes), log);
        }
    }

    /// Their bytes are before those of the segments that are left. A trailer tells that as well.
    private void tellPagesOfLostSegments(long dataAt, SalvageLog log) throws IOException {
        long known = Long.MAX_VALUE;
        for (int entry = first; entry < end; entry++) {
            ProgramHeader left = read(entry);
            known = left.filesz() > 0 ? Math.min(known, left.offset()) : known;
        }
        long pages = (known - dataAt) >>> 12;
        if (known < Long.MAX_VALUE && pages > 0) {
            log.lostPages(pages, SegmentCheck.IN_NO_SEGMENT);
        }
    }

    /// Where the notes begin; 0 if they are not found, or a program header is left that says it.
    private long notesAt() throws IOException {
        for (int entry = first; entry < end; entry++) {
            if (read(entry).type() == ProgramHeader.PT_NOTE) {
                return 0;
            }
        }
        long from = place(end);
        for (long at = from; at < from + MOST_GAP_BYTES && at < source.size(); at += Integer.BYTES) {
            if (NoteReader.isNote(source, order, at)) {
                return at;
            }
        }
        return 0;
    }
}
