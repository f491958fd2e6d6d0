package io.inquest.dump.elf;

import io.inquest.dump.CrashTime;
import io.inquest.dump.Dump;
import io.inquest.dump.DumpException;
import io.inquest.dump.DumpHeader;
import io.inquest.dump.Machine;
import io.inquest.dump.Note;
import io.inquest.dump.PhysicalSegment;
import io.inquest.dump.Utsname;
import io.inquest.dump.Warnings;
import io.inquest.dump.format.Counted;
import io.inquest.dump.format.DumpFormat;
import io.inquest.dump.format.FileStart;
import io.inquest.dump.format.LostPages;
import io.inquest.dump.format.NoteReader;
import io.inquest.dump.format.RawStruct;
import io.inquest.dump.format.VmcoreinfoText;
import io.inquest.dump.io.ByteSource;
import io.inquest.dump.io.MemorySource;
import io.inquest.dump.segment.SegmentMemory;
import io.inquest.dump.trailer.ExclusionCodes;
import io.inquest.dump.trailer.Section;
import io.inquest.dump.trailer.Trailer;
import io.inquest.dump.verify.FileEnd;
import io.inquest.dump.verify.Finding;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// Opens ELF32 and ELF64 cores of either byte order.
public final class ElfFormat implements DumpFormat {

    private static final String MAGIC = "\u007fELF";

    /// For the list of formats in [io.inquest.dump.Dumps].
    public ElfFormat() {}

    /// Sets the mark of an incomplete dump in the first bytes of a file, if they are those of this format.
    public static void markIncomplete(ByteBuffer start) {
        ByteSource source = new MemorySource("header", start.duplicate());
        try {
            if (FileStart.of(source).has(0, MAGIC)) {
                ElfHeader header = ElfHeader.read(source);
                start.order(header.order())
                        .putInt(header.wordBytes() == 8 ? 48 : 36, header.flags() | ElfHeader.FLAG_INCOMPLETE);
            }
        } catch (IOException damaged) {
            // Too damaged to be marked; readers will say so.
        }
    }

    @Override
    public boolean recognises(FileStart start) {
        return start.has(0, MAGIC);
    }

    @Override
    public Dump open(ByteSource source, Warnings warnings) throws IOException {
        return new Opening(source, warnings, ElfHeader.read(source)).open();
    }

    /// What is found while one file is opened.
    private static final class Opening {

        private final ByteSource source;
        private final Warnings warnings;
        private final ElfHeader header;
        private final List<PhysicalSegment> segments = new ArrayList<>();
        private final List<Note> notes = new ArrayList<>();
        private final List<Finding> findings = new ArrayList<>();

        Opening(ByteSource source, Warnings warnings, ElfHeader header) {
            this.source = source;
            this.warnings = warnings;
            this.header = header;
        }

        Dump open() throws IOException {
            if (header.incomplete()) {
                findings.add(Finding.missing("header", "its writer marked it as incomplete"));
            }
            readProgramHeaders();
            Optional<String> vmcoreinfo = Note.text(notes, "VMCOREINFO");
            int pageShift = VmcoreinfoText.pageShift(vmcoreinfo, 12);
            Optional<Trailer> trailer = Trailer.find(notes, source, warnings);
            if (trailer.isEmpty() && dataEnd() < source.size()) {
                trailer = Trailer.behind(source, dataEnd());
            }
            SegmentMemory memory = new SegmentMemory(
                    source, pageShift, segments, new LostPages(source.name(), warnings), ExclusionCodes.of(trailer));
            if (memory.lostBytes() > 0) {
                findings.add(Finding.missing(
                        "pages",
                        "the file ends at byte " + source.size() + ", " + Counted.of(memory.lostBytes(), "byte")
                                + " of its segments are missing"));
            } else if (trailer.isPresent() || Trailer.isAnnounced(notes)) {
                // Behind the memory of others' cores may be sections.
                findings.addAll(FileEnd.examine(notes, source, dataEnd(), trailer));
            }
            Optional<Trailer.Extent> pages =
                    trailer.isPresent() ? trailer.get().extentOf(Section.DATA) : Optional.empty();
            pages.flatMap(place -> SegmentCheck.findPagesOfNone(segments, place, pageShift))
                    .ifPresent(findings::add);
            FileEnd.unannounced(notes, trailer).ifPresent(findings::add);
            SegmentCheck.findHoles(segments, source, pageShift).forEach(findings::add);
            Machine machine = new Machine(ElfMachine.name(header), header.order(), header.wordBytes(), pageShift);
            return new ElfDump(source, machine, memory, notes, describe(vmcoreinfo), findings, trailer);
        }

        private long dataEnd() {
            long end = 0;
            for (PhysicalSegment segment : segments) {
                end = Math.max(end, segment.fileOffset() + segment.fileBytes());
            }
            return end;
        }

        private void readProgramHeaders() throws IOException {
            int stride = header.programHeaderStride();
            long at = header.programHeadersAt();
            long count = header.programHeaders();
            if (at < 0 || count > (source.size() - Math.min(at, source.size())) / stride) {
                throw new DumpException(source.name() + ": the ELF header gives " + count + " program headers at byte "
                        + Long.toUnsignedString(at) + ", but the file ends at byte " + source.size());
            }
            if (!source.covers(at, count * stride)) {
                remark(Finding.missing(
                        "program headers", "the program headers are in no record of the flattened stream"));
                return;
            }
            int perRead = Math.max(1, (1 << 16) / stride);
            for (long first = 0; first < count; first += perRead) {
                int here = (int) Math.min(perRead, count - first);
                RawStruct table = RawStruct.read(source, "program header table", at + first * stride, here * stride)
                        .order(header.order());
                for (int i = 0; i < here; i++) {
                    RawStruct raw = table.slice("program header " + (first + i), i * stride, stride);
                    take(first + i, ProgramHeader.parse(raw, header.wordBytes()));
                }
            }
        }

        private void take(long index, ProgramHeader program) throws IOException {
            switch (program.type()) {
                case ProgramHeader.PT_LOAD -> takeLoad(index, program);
                case ProgramHeader.PT_NOTE -> takeNotes(index, program);
                default -> {
                    // PT_NULL fills the table of an unfinished file; others say nothing about memory.
                }
            }
        }

        private void takeLoad(long index, ProgramHeader program) {
            if (!program.isPlausible()) {
                remark("program header " + index + " is damaged (p_paddr 0x" + Long.toHexString(program.paddr())
                        + ", p_memsz 0x" + Long.toHexString(program.memsz()) + ", p_offset 0x"
                        + Long.toHexString(program.offset()) + ", p_filesz 0x" + Long.toHexString(program.filesz())
                        + ") and its memory is left out");
                return;
            }
            segments.add(program.segment());
        }

        private void takeNotes(long index, ProgramHeader program) throws IOException {
            if (program.offset() < 0 || program.filesz() < 0 || program.offset() > source.size()) {
                remark("the notes of program header " + index + " lie outside the file");
                return;
            }
            long length = Math.min(program.filesz(), source.size() - program.offset());
            if (length < program.filesz()) {
                remark(Finding.missing("notes", "the file ends inside the notes of program header " + index));
            }
            new NoteReader(source, header.order(), warnings).read(program.offset(), length, notes);
        }

        private void remark(String problem) {
            remark(Finding.damaged("program headers", problem));
        }

        private void remark(Finding finding) {
            findings.add(finding);
            warnings.warn(source.name() + ": " + finding.reason());
        }

        private DumpHeader describe(Optional<String> vmcoreinfo) {
            int cpus = 0;
            for (Note note : notes) {
                cpus += note.is("CORE", Note.NT_PRSTATUS) ? 1 : 0;
            }
            return new DumpHeader(
                    "ELF" + header.wordBytes() * 8,
                    Utsname.UNKNOWN,
                    crashTime(vmcoreinfo),
                    OptionalInt.empty(),
                    OptionalLong.empty(),
                    0,
                    cpus > 0 ? OptionalInt.of(cpus) : OptionalInt.empty(),
                    Note.text(notes, "ERASEINFO"),
                    Optional.empty());
        }

        private static Optional<CrashTime> crashTime(Optional<String> vmcoreinfo) {
            OptionalLong seconds = VmcoreinfoText.crashTime(vmcoreinfo);
            return seconds.isPresent() ? Optional.of(CrashTime.ofSeconds(seconds.getAsLong())) : Optional.empty();
        }
    }
}
