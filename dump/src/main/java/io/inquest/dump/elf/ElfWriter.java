package io.inquest.dump.elf;

import io.inquest.dump.DumpException;
import io.inquest.dump.PhysicalMemory;
import io.inquest.dump.PhysicalSegment;
import io.inquest.dump.io.ByteSink;
import io.inquest.dump.trailer.Section;
import io.inquest.dump.trailer.SectionChecksum;
import io.inquest.dump.trailer.TrailerNote;
import io.inquest.dump.trailer.TrailerWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// Writes an ELF core: header, program headers, notes, and directly behind one another the bytes
/// of each PT_LOAD.
///
/// The selection is gone through twice, since the number of program headers decides where all else lies; memory
/// use does not grow with the machine. Until [#finish] a file is marked as incomplete, and the program headers
/// of what is not written yet are zero, which readers pass over (PT_NULL). Without a trailer the file has the
/// bytes that makedumpfile would write.
///
/// The writer does not close its sink. One thread at a time.
public final class ElfWriter {

    private final ByteSink sink;
    private final ElfLayout layout;
    private final FrameSelection selection;
    private final ElfEncoder encoder;
    private final @Nullable TrailerWriter trailer;
    private final long programHeaders;
    private final long notesOffset;
    private final AppendCache headerCache;
    private final AppendCache dataCache;
    private final @Nullable SectionChecksum programHeaderChecksum;
    private long lostPages;
    private boolean inputIsWhole = true;
    private boolean failed;

    private ElfWriter(ByteSink sink, ElfLayout layout, FrameSelection selection, @Nullable TrailerWriter trailer)
            throws IOException {
        this.sink = sink;
        this.layout = layout;
        this.selection = selection;
        this.trailer = trailer;
        this.encoder = new ElfEncoder(layout.machine());
        ElfSize size = ElfSize.measure(layout, selection);
        this.programHeaders = size.programHeaders();
        this.notesOffset = size.notesOffset();
        checkWidth(size);
        this.programHeaderChecksum =
                section(Section.PROGRAM_HEADERS, encoder.headerBytes(), size.dataOffset() - encoder.headerBytes());
        SectionChecksum dataChecksum = section(Section.DATA, size.dataOffset(), size.dataBytes());
        // A file is to describe what it holds whenever the writer dies; a stream gets the headers at last.
        this.headerCache = new AppendCache(sink, encoder.headerBytes(), programHeaderChecksum, null);
        AppendCache first = sink.showsItsEnd() ? null : headerCache;
        this.dataCache = new AppendCache(sink, size.dataOffset(), dataChecksum, first);
    }

    private @Nullable SectionChecksum section(Section section, long offset, long bytes) {
        return trailer == null ? null : trailer.section(section, offset, bytes);
    }

    private void checkWidth(ElfSize size) throws DumpException {
        long end = size.dataOffset() + size.dataBytes();
        if (layout.machine().wordBytes() < Long.BYTES && end > Integer.toUnsignedLong(-1)) {
            throw new DumpException(sink.name() + ": an ELF32 file holds at most 4 GiB, but this one would have " + end
                    + " bytes; choose the kdump-compressed format");
        }
    }

    /// Begins a file that other programs could have written.
    public static ElfWriter create(ByteSink sink, ElfLayout layout, FrameSelection selection) throws IOException {
        ElfWriter writer = new ElfWriter(sink, layout, selection, null);
        writer.begin();
        return writer;
    }

    /// Begins a file that ends with a trailer. Its note is added to those of the layout.
    public static ElfWriter create(ByteSink sink, ElfLayout layout, FrameSelection selection, TrailerWriter trailer)
            throws IOException {
        ElfLayout announcing = new ElfLayout(
                layout.machine(),
                layout.header(),
                layout.segments(),
                layout.noteSegment(),
                layout.notes().plus(TrailerNote.note()));
        ElfWriter writer = new ElfWriter(sink, announcing, selection, trailer);
        writer.begin();
        return writer;
    }

    private void begin() throws IOException {
        sink.write(0, header(sink.showsItsEnd() ? 0 : ElfHeader.FLAG_INCOMPLETE));
        if (programHeaders >= ElfEncoder.PN_XNUM) {
            sink.write(notesOffset - encoder.sectionHeaderBytes(), encoder.sectionHeader(programHeaders));
        }
        sink.write(notesOffset, layout.notes().bytes());
        int notesBytes = layout.notes().size();
        ElfSegment origin = layout.noteSegment();
        PhysicalSegment notes = new PhysicalSegment(
                origin.memory().virtualAddress(),
                origin.memory().physicalAddress(),
                notesBytes,
                notesBytes,
                notesOffset);
        putProgramHeader(ProgramHeader.PT_NOTE, new ElfSegment(notes, origin.flags(), origin.alignment()));
    }

    private void putProgramHeader(int type, ElfSegment segment) throws IOException {
        ByteBuffer room =
                headerCache.room(encoder.programHeaderBytes(), layout.machine().order());
        encoder.putProgramHeader(room, type, segment);
    }

    private ByteBuffer header(int moreFlags) {
        return encoder.header(layout.header(), programHeaders, moreFlags);
    }

    /// Copies what is selected from `memory`. `progress` hears of the number of pages done now and then.
    ///
    /// Bytes that the memory does not have are written as zero: other readers of ELF cannot be told more. If pages
    /// that were selected are among them, the file stays marked as incomplete.
    public void copy(PhysicalMemory memory, LongConsumer progress) throws IOException {
        failed = true;
        SegmentCutter cutter = new SegmentCutter(layout.segments(), selection, memory.pageShift());
        PageCopier copier = new PageCopier(memory, selection, dataCache, progress);
        while (cutter.nextSegment()) {
            while (cutter.hasPiece()) {
                PhysicalSegment piece = cutter.nextPiece();
                begin(piece, cutter.segment());
                copier.copy(piece);
            }
        }
        lostPages += copier.lostPages();
        failed = false;
    }

    /// Pages that were selected and that the memory could not give.
    public long lostPages() {
        return lostPages;
    }

    /// Describes a piece whose bytes come next. A piece without bytes has no place in the file.
    private void begin(PhysicalSegment piece, ElfSegment origin) throws IOException {
        PhysicalSegment placed = new PhysicalSegment(
                virtualAddress(piece, origin.memory()),
                piece.physicalAddress(),
                piece.memoryBytes(),
                piece.fileBytes(),
                piece.fileBytes() == 0 ? 0 : dataCache.end());
        putProgramHeader(ProgramHeader.PT_LOAD, new ElfSegment(placed, origin.flags(), origin.alignment()));
    }

    /// On 32-bit x86 only low memory is mapped all the time: the addresses of pieces of high
    /// memory mean nothing.
    private long virtualAddress(PhysicalSegment piece, PhysicalSegment origin) {
        boolean high = ElfMachine.number(layout.machine().name()) == ElfMachine.EM_386
                && Long.compareUnsigned(piece.physicalAddress(), ElfMachine.I386_LOW_MEMORY) >= 0;
        return high ? origin.virtualAddress() : piece.virtualAddress();
    }

    /// Makes [#finish] leave the file marked as incomplete: what it was made of was not whole either.
    public void keepIncompleteMark() {
        inputIsWhole = false;
    }

    /// Ends the file: it now holds all that it promises, and says so unless pages were lost.
    public void finish() throws IOException {
        if (failed) {
            throw new IllegalStateException("copying did not come to its end");
        }
        failed = true;
        headerCache.flush();
        dataCache.flush();
        boolean whole = inputIsWhole && lostPages == 0;
        ByteBuffer header = header(whole ? 0 : ElfHeader.FLAG_INCOMPLETE);
        if (trailer != null && programHeaderChecksum != null) {
            if (programHeaders >= ElfEncoder.PN_XNUM) {
                programHeaderChecksum.update(encoder.sectionHeader(programHeaders));
            }
            programHeaderChecksum.update(layout.notes().bytes());
            trailer.section(Section.HEADER, 0, encoder.headerBytes()).update(header.duplicate());
            if (!trailer.writeTo(sink, dataCache.end())) {
                sink.rewrite(
                        notesOffset,
                        layout.notes().plus(TrailerNote.withdrawn()).bytes());
            }
        }
        if (!sink.showsItsEnd() || !whole) {
            // What the header promises has to be on the disk before the header is.
            sink.force();
            sink.rewrite(0, header);
        }
        sink.finish();
        failed = false;
    }

    /// Ends the file early, after a failure of the sink or because nobody wants to wait: it says that it is
    /// incomplete. The sink may still fail; then the file says the same by itself.
    public void markIncomplete() throws IOException {
        try {
            if (!failed) {
                headerCache.flush();
                dataCache.flush();
            }
        } finally {
            failed = true;
            sink.rewrite(0, header(ElfHeader.FLAG_INCOMPLETE));
            sink.finish();
        }
    }
}
