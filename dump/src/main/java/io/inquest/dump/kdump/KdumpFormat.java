package io.inquest.dump.kdump;

import io.inquest.dump.Dump;
import io.inquest.dump.DumpHeader;
import io.inquest.dump.Machine;
import io.inquest.dump.Note;
import io.inquest.dump.Warnings;
import io.inquest.dump.format.DumpFormat;
import io.inquest.dump.format.FileStart;
import io.inquest.dump.format.LostPages;
import io.inquest.dump.format.NoteReader;
import io.inquest.dump.format.PrstatusSize;
import io.inquest.dump.io.ByteSource;
import io.inquest.dump.io.MemorySource;
import io.inquest.dump.trailer.ExclusionCodes;
import io.inquest.dump.trailer.Trailer;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// Opens kdump-compressed files of any header version, ABI and byte order, one part of a split set included.
public final class KdumpFormat implements DumpFormat {

    private static final int MOST_TEXT_BYTES = 16 << 20;

    /// For the list of formats in [io.inquest.dump.Dumps].
    public KdumpFormat() {}

    /// Sets the mark of an incomplete dump in the first bytes of a file, if they are those of this format.
    public static void markIncomplete(ByteBuffer start) {
        ByteSource source = new MemorySource("header", start.duplicate());
        try {
            if (FileStart.of(source).has(0, KdumpHeader.SIGNATURE)) {
                KdumpHeader header = KdumpHeader.read(source);
                start.order(header.order()).putInt(header.fieldsAt(), header.status() | KdumpHeader.STATUS_INCOMPLETE);
            }
        } catch (IOException damaged) {
            // Too damaged to be marked; readers will say so.
        }
    }

    @Override
    public boolean recognises(FileStart start) {
        return start.has(0, KdumpHeader.SIGNATURE);
    }

    @Override
    public Dump open(ByteSource source, Warnings warnings) throws IOException {
        return openKdump(source, warnings);
    }

    KdumpDump openKdump(ByteSource source, Warnings warnings) throws IOException {
        KdumpHeader header = KdumpHeader.read(source);
        if (header.version() > KdumpHeader.NEWEST_VERSION) {
            warnings.warn(source.name() + ": header version " + header.version() + " is newer than "
                    + KdumpHeader.NEWEST_VERSION + "; what it adds is not read");
        }
        KdumpSubHeader sub = KdumpSubHeader.read(source, header);
        List<Note> notes = readNotes(source, header, sub, warnings);
        PageTable table = new PageTable(source, header, sub, new LostPages(source.name(), warnings));
        if (table.zeroPageIsDamaged()) {
            warnings.warn(source.name() + ": the page of zeros that all pages of zeros share is damaged; they are"
                    + " read as zeros");
        }
        String machineName = header.utsname().machine().isEmpty()
                ? PrstatusSize.machine(notes, header.order())
                : header.utsname().machine();
        DumpHeader described = new DumpHeader(
                "kdump-compressed version " + header.version(),
                header.utsname(),
                header.crashTime(),
                sub.dumpLevel(),
                OptionalLong.of(sub.physBase()),
                header.status(),
                header.cpus() > 0 ? OptionalInt.of(header.cpus()) : OptionalInt.empty(),
                text(source, sub.eraseInfo(), "erase info", warnings),
                sub.part());
        Optional<Trailer> trailer = trailer(notes, table, described, warnings);
        return new KdumpDump(
                table,
                new KdumpMemory(table, ExclusionCodes.of(trailer)),
                trailer,
                new Machine(machineName, header.order(), sub.abi().wordBytes, header.blockShift()),
                notes,
                described);
    }

    /// The trailer at the end of the file, or directly behind the last page, which has to be found for it: so it is
    /// looked for there only if it is announced.
    private static Optional<Trailer> trailer(List<Note> notes, PageTable table, DumpHeader header, Warnings warnings)
            throws IOException {
        ByteSource source = table.source();
        Optional<Trailer> trailer = Trailer.find(notes, source, warnings);
        if (trailer.isPresent() || !Trailer.isAnnounced(notes) || !Trailer.isMissing(source)) {
            return trailer;
        }
        try {
            DataEnd data = DataEnd.of(table, header, Optional.empty());
            return data.isKnown() ? Trailer.behind(source, data.end()) : Optional.empty();
        } catch (ClosedChannelException closed) {
            throw closed;
        } catch (IOException cut) {
            // Whoever examines the dump says so.
            return Optional.empty();
        }
    }

    /// The notes; a version 3 file has only the text of vmcoreinfo, which becomes a note.
    private static List<Note> readNotes(ByteSource source, KdumpHeader header, KdumpSubHeader sub, Warnings warnings)
            throws IOException {
        List<Note> notes = new ArrayList<>();
        KdumpSubHeader.Area area = sub.notes();
        if (area.length() != 0) {
            long length = lengthInFile(source, area, "notes", warnings);
            new NoteReader(source, header.order(), warnings).read(area.offset(), length, notes);
        }
        if (Note.text(notes, "VMCOREINFO").isPresent()) {
            return notes;
        }
        text(source, sub.vmcoreinfo(), "vmcoreinfo", warnings)
                .ifPresent(text -> notes.add(
                        new Note("VMCOREINFO", 0, ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)))));
        return notes;
    }

    private static Optional<String> text(ByteSource source, KdumpSubHeader.Area area, String what, Warnings warnings)
            throws IOException {
        int length = (int) Math.min(MOST_TEXT_BYTES, lengthInFile(source, area, what, warnings));
        if (length == 0) {
            return Optional.empty();
        }
        if (!source.covers(area.offset(), length)) {
            warnings.warn(source.name() + ": the " + what + " (" + length + " bytes at " + area.offset()
                    + ") is not in the file");
            return Optional.empty();
        }
        byte[] bytes = new byte[length];
        try {
            source.readFully(area.offset(), ByteBuffer.wrap(bytes));
        } catch (EOFException cut) {
            return Optional.empty();
        }
        return Optional.of(new String(bytes, StandardCharsets.ISO_8859_1));
    }

    private static long lengthInFile(ByteSource source, KdumpSubHeader.Area area, String what, Warnings warnings) {
        if (area.length() == 0) {
            return 0;
        }
        if (area.offset() <= 0 || area.length() < 0 || area.length() > source.size() - area.offset()) {
            warnings.warn(source.name() + ": the place of the " + what + " (" + Long.toUnsignedString(area.length())
                    + " bytes at " + Long.toUnsignedString(area.offset()) + ") lies outside the file");
            return 0;
        }
        return area.length();
    }
}
