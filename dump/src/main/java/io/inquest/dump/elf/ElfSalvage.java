package io.inquest.dump.elf;

import io.inquest.dump.BitmapRuns;
import io.inquest.dump.NoteArea;
import io.inquest.dump.PageBitmap;
import io.inquest.dump.PageState;
import io.inquest.dump.PhysicalMemory;
import io.inquest.dump.PhysicalSegment;
import io.inquest.dump.Warnings;
import io.inquest.dump.io.ByteSink;
import io.inquest.dump.io.ByteSource;
import io.inquest.dump.io.PatchedSource;
import io.inquest.dump.salvage.SalvageLog;
import io.inquest.dump.salvage.SoundNotes;
import io.inquest.dump.salvage.SuspectPlaces;
import io.inquest.dump.trailer.Trailer;
import io.inquest.dump.trailer.TrailerWriter;
import io.inquest.dump.verify.Finding;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/// Writes what can be trusted of a damaged ELF core. Pages carry nothing that would show a wrong bit, unless Inquest
/// wrote the file and left its checksums.
public final class ElfSalvage {

    private static final String BEHIND_END = "behind the end of the file";

    private final PatchedSource source;
    private final ElfDump dump;
    private final Optional<Trailer> trailer;
    private final SuspectPlaces suspects;
    private final boolean keepsSuspect;
    private final SalvageLog log;

    private ElfSalvage(
            PatchedSource source,
            ElfDump dump,
            Optional<Trailer> trailer,
            SuspectPlaces suspects,
            boolean keepsSuspect,
            SalvageLog log) {
        this.source = source;
        this.dump = dump;
        this.trailer = trailer;
        this.suspects = suspects;
        this.keepsSuspect = keepsSuspect;
        this.log = log;
    }

    /// Whether `start`, the first bytes of a file, can have been the begin of an ELF core.
    public static boolean looksLike(ByteBuffer start) {
        return ElfRecovery.looksLike(start);
    }

    /// Whether a file that does not begin as an ELF core has the program headers of one.
    public static boolean hasProgramHeaders(ByteSource file) throws IOException {
        return ElfRemains.find(file).isPresent();
    }

    /// Repairs the headers of `file`, which the caller closes.
    public static ElfSalvage open(ByteSource file, boolean keepsSuspect, SalvageLog log) throws IOException {
        PatchedSource source = new PatchedSource(file);
        // A trailer knows the header's bytes; what is told by the tables comes after it.
        Optional<Trailer> own = Trailer.atEnd(source);
        if (own.isPresent()) {
            own.get().repair(source).tell(log::repaired);
        }
        ByteBuffer start = ByteBuffer.allocate(ElfRecovery.HEADER_BYTES);
        source.readFully(0, start);
        Optional<ElfRemains> remains = ElfRecovery.looksLike(start.flip()) ? Optional.empty() : ElfRemains.find(source);
        if (remains.isPresent()) {
            remains.get().restore(source, log);
        }
        ElfRecovery.recover(source, log);
        SuspectPlaces suspects = new SuspectPlaces(List.of());
        Optional<Trailer> trailer = openAgain(source).trailer();
        if (trailer.isPresent()) {
            Trailer.Repair repair = trailer.get().repair(source);
            repair.tell(log::repaired);
            suspects = new SuspectPlaces(repair.left());
            suspects.tell(log);
        }
        ElfDump dump = openAgain(source);
        for (Finding finding : dump.findings()) {
            tell(finding, log);
        }
        return new ElfSalvage(source, dump, trailer, suspects, keepsSuspect, log);
    }

    private static ElfDump openAgain(PatchedSource source) throws IOException {
        return (ElfDump) new ElfFormat().open(source, Warnings.NONE);
    }

    private static void tell(Finding finding, SalvageLog log) {
        if (finding.pagesWithoutFrame() > 0) {
            log.lostPages(finding.pagesWithoutFrame(), SegmentCheck.IN_NO_SEGMENT);
        } else if (finding.kind() == Finding.Kind.MISSING || finding.kind() == Finding.Kind.DAMAGED) {
            log.lost(finding.reason());
        }
    }

    /// Pages that the dump promises.
    public long promisedPages() {
        long count = 0;
        PhysicalMemory memory = dump.memory();
        for (long pfn = 0; pfn < memory.endPfn(); ) {
            long end = Math.min(memory.alikeUntil(pfn), memory.endPfn());
            PageState state = memory.state(pfn);
            count += state == PageState.STORED || state == PageState.LOST ? end - pfn : 0;
            pfn = end;
        }
        return count;
    }

    /// Writes the file. `progress` hears of the number of pages done now and then.
    public void writeTo(ByteSink sink, LongConsumer progress) throws IOException {
        if (dump.notes().isEmpty()) {
            log.lost("no note is there any more: vmcoreinfo, which tells what the kernel looks like, and the"
                    + " registers are lost");
        }
        account();
        NoteArea notes = NoteArea.of(
                SoundNotes.of(dump.notes(), trailer.isPresent(), log),
                dump.machine().order());
        ElfLayout layout = ElfLayout.like(source, dump.machine(), notes);
        FrameSelection selection = new FrameSelection() {

            @Override
            public void mark(PageBitmap window) throws IOException {
                markKept(window);
            }

            // Frames that are lost must not be filled with zeros.
            @Override
            public int leastCutFrames() {
                return 1;
            }
        };
        ElfWriter writer = begin(sink, layout, selection);
        if (log.lostAnything()) {
            writer.keepIncompleteMark();
        }
        writer.copy(dump.memory(), progress);
        writer.finish();
    }

    private ElfWriter begin(ByteSink sink, ElfLayout layout, FrameSelection selection) throws IOException {
        if (trailer.isEmpty()) {
            return ElfWriter.create(sink, layout, selection);
        }
        TrailerWriter copy = new TrailerWriter();
        trailer.get().copyClassesTo(copy.classes());
        return ElfWriter.create(sink, layout, selection, copy);
    }

    /// By runs, since a damaged size can promise more frames than anybody could go through.
    private void markKept(PageBitmap window) throws IOException {
        PhysicalMemory memory = dump.memory();
        memory.markStored(window);
        BitmapRuns runs = new BitmapRuns(window);
        for (long pfn = window.nextSet(window.firstPfn()); pfn < window.endPfn(); pfn = window.nextSet(pfn)) {
            long end = Math.min(memory.alikeUntil(pfn), runs.endOf(pfn));
            if (memory.state(pfn) == PageState.STORED) {
                clearLost(window, pfn, end);
            } else {
                window.clearRange(pfn, end);
            }
            pfn = end;
        }
    }

    private void clearLost(PageBitmap window, long start, long end) {
        for (long pfn = start; pfn < end; pfn++) {
            if (!reasonOfLoss(pfn).isEmpty()) {
                window.clear(pfn);
            }
        }
    }

    /// Goes through all promised frames once to tell what is kept and what is lost.
    private void account() {
        PhysicalMemory memory = dump.memory();
        for (long pfn = 0; pfn < memory.endPfn(); ) {
            long end = Math.min(memory.alikeUntil(pfn), memory.endPfn());
            PageState state = memory.state(pfn);
            if (state == PageState.LOST) {
                log.lostPages(pfn, end, BEHIND_END);
            } else if (state == PageState.STORED) {
                for (long frame = pfn; frame < end; frame++) {
                    count(frame);
                }
            }
            pfn = end;
        }
    }

    private void count(long pfn) {
        String reason = reasonOfLoss(pfn);
        if (reason.isEmpty()) {
            log.kept(isChecked(pfn));
        } else {
            log.lostPages(pfn, pfn + 1, reason);
        }
    }

    /// Whether checksums cover a page that is kept, and hold.
    private boolean isChecked(long pfn) {
        if (trailer.isEmpty() || suspects.isEmpty()) {
            return trailer.isPresent();
        }
        return !suspects.touch(placeOf(pfn), dump.memory().pageBytes());
    }

    /// Why the page of a promised frame is lost, or nothing.
    private String reasonOfLoss(long pfn) {
        PhysicalMemory memory = dump.memory();
        boolean stored = memory.state(pfn) == PageState.STORED;
        if (stored && suspects.places().isEmpty()) {
            return "";
        }
        long at = placeOf(pfn);
        int bytes = memory.pageBytes();
        if (!stored) {
            long held = Math.min(bytes, source.size() - at);
            return held > 0 && !source.covers(at, held) ? "in a part of the file that is lost" : BEHIND_END;
        }
        return !keepsSuspect && suspects.touch(at, bytes)
                ? "where a checksum does not hold, and nothing tells what is wrong there"
                : "";
    }

    /// Where in the file the bytes of a frame begin.
    private long placeOf(long pfn) {
        long start = pfn << dump.memory().pageShift();
        long end = start + dump.memory().pageBytes();
        for (PhysicalSegment segment : dump.memory().segments()) {
            long first = Math.max(start, segment.physicalAddress());
            if (segment.hasPhysicalAddress()
                    && first < Math.min(end, segment.physicalAddress() + segment.fileBytes())) {
                return segment.fileOffset() + first - segment.physicalAddress();
            }
        }
        return 0;
    }
}
