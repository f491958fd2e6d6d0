package io.inquest.dump.kdump;

import io.inquest.dump.DumpException;
import io.inquest.dump.DumpHeader;
import io.inquest.dump.NoteArea;
import io.inquest.dump.PageBitmap;
import io.inquest.dump.PfnRange;
import io.inquest.dump.io.ByteSink;
import io.inquest.dump.io.ByteSource;
import io.inquest.dump.salvage.FrameEvidence;
import io.inquest.dump.salvage.SalvageLog;
import io.inquest.dump.salvage.SoundNotes;
import io.inquest.dump.trailer.Shift;
import io.inquest.dump.trailer.Trailer;
import io.inquest.dump.trailer.TrailerWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// Writes what can be trusted of one damaged kdump-compressed file, or of the parts of a split set that are there, as
/// one file. Pages are copied as they are stored; each is unpacked once to see that it can be.
///
/// Pages that are lost keep their bit in bitmap 2 and get an empty descriptor, so that readers say "lost" and not
/// "excluded".
public final class KdumpSalvage {

    private static final int WINDOW_FRAMES = 1 << 20;

    private final List<SalvagedPart> parts;
    private final SalvageLog log;
    private final boolean keepsSuspect;
    private final long endPfn;

    private KdumpSalvage(List<SalvagedPart> parts, SalvageLog log, boolean keepsSuspect) {
        this.parts = parts;
        this.log = log;
        this.keepsSuspect = keepsSuspect;
        this.endPfn = parts.getFirst().table().endPfn();
    }

    /// Whether `start`, the first bytes of a file, can have been the begin of a kdump-compressed one.
    public static boolean looksLike(ByteBuffer start) {
        return HeaderRecovery.looksLike(start);
    }

    /// Whether a file that does not begin as one is one by its tables.
    public static boolean hasTables(ByteSource file) throws IOException {
        return HeaderRecovery.hasTables(file);
    }

    /// Where bytes are missing in a dump of any format, or were inserted: as narrow as its checksums tell,
    /// and if they are missing among page descriptors, as those tell.
    public static Trailer.Extent broken(Shift shift) throws IOException {
        Trailer.Extent around = shift.around();
        try {
            return DescriptorBreak.narrowed(shift, around);
        } catch (IOException otherFormat) {
            return around;
        }
    }

    /// Repairs one file, or the parts of a split set in any order; the caller closes them.
    ///
    /// @param keepsSuspect whether pages are kept of which a checksum says that one of many is wrong
    public static KdumpSalvage open(
            List<ByteSource> files, FrameEvidence evidence, boolean keepsSuspect, SalvageLog log) throws IOException {
        List<SalvagedPart> parts = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            SalvagedPart part = SalvagedPart.open(files.get(i), evidence, log);
            if (files.size() > 1 && part.dump().header().part().isEmpty()) {
                throw new DumpException(files.get(i).name() + ": is no part of a split set, so it cannot be salvaged"
                        + " together with other files; salvage it alone");
            }
            if (!parts.isEmpty()
                    && part.table().endPfn() != parts.getFirst().table().endPfn()) {
                throw new DumpException(files.get(i).name() + ": is a part of another dump than "
                        + files.getFirst().name());
            }
            parts.add(part);
        }
        parts.sort(Comparator.comparingLong((SalvagedPart part) -> part.range().startPfn())
                .thenComparingLong(part -> part.range().endPfn()));
        return new KdumpSalvage(parts, log, keepsSuspect);
    }

    /// Pages that the dump promises.
    public long promisedPages() throws IOException {
        long pages = 0;
        for (Stretch stretch : stretches()) {
            pages += stretch.bitmap().count(stretch.startPfn(), stretch.endPfn());
        }
        return pages;
    }

    /// Frames that lie in one part of the set.
    ///
    /// @param bitmap bitmap 2 of that part, or, if it has lost it, of another one: each has all of it
    /// @param part the one that has the pages, null if it is not there or ends before them
    private record Stretch(
            long startPfn,
            long endPfn,
            FrameBitmap bitmap,
            @Nullable SalvagedPart part) {}

    /// All frames, each once and in order.
    private List<Stretch> stretches() {
        FrameBitmap any = parts.getFirst().table().stored();
        for (SalvagedPart part : parts) {
            if (hasBitmaps(part)) {
                any = part.table().stored();
                break;
            }
        }
        List<Stretch> all = new ArrayList<>();
        long at = 0;
        for (SalvagedPart part : parts) {
            PfnRange range = part.range();
            long start = Math.clamp(range.startPfn(), at, endPfn);
            long end = Math.clamp(range.endPfn(), start, endPfn);
            all.add(new Stretch(at, start, any, null));
            boolean usable = parts.size() == 1 || hasBitmaps(part);
            all.add(new Stretch(start, end, usable ? part.table().stored() : any, usable ? part : null));
            at = end;
        }
        all.add(new Stretch(at, endPfn, any, null));
        return all;
    }

    private static boolean hasBitmaps(SalvagedPart part) {
        return part.table().source().size() >= part.table().descriptorsAt();
    }

    private void markStored(PageBitmap window) throws IOException {
        for (Stretch stretch : stretches()) {
            stretch.bitmap().mark(window, stretch.startPfn(), stretch.endPfn());
        }
    }

    /// Writes the file. `progress` hears of the number of pages done now and then.
    public void writeTo(ByteSink sink, LongConsumer progress) throws IOException {
        KdumpWriter writer = begin(sink);
        PageTable tables = parts.getFirst().table();
        PageBitmap window = new PageBitmap(WINDOW_FRAMES);
        for (long first = 0; first < endPfn; first += WINDOW_FRAMES) {
            window.reset(first, (int) Math.min(WINDOW_FRAMES, endPfn - first));
            tables.existing().mark(window, 0, endPfn);
            // What is stored is memory, whatever a damaged bitmap 1 says.
            markStored(window);
            writer.writeExistingFrames(window);
        }
        for (long first = 0; first < endPfn; first += WINDOW_FRAMES) {
            window.reset(first, (int) Math.min(WINDOW_FRAMES, endPfn - first));
            markStored(window);
            writer.writeStoredFrames(window);
        }
        long done = 0;
        for (Stretch stretch : stretches()) {
            if (stretch.part() == null) {
                loseRange(writer, stretch);
            } else {
                done = new SalvageCopier(stretch.part(), writer, log, keepsSuspect, progress)
                        .copy(stretch.startPfn(), stretch.endPfn(), done);
            }
        }
        // Marked, or with something lost that is no page: the new dump is no more than it was.
        if (wasIncomplete() || log.lostAnything() || keepsSuspect) {
            writer.keepIncompleteMark();
        }
        writer.finish();
    }

    private boolean wasIncomplete() {
        int status = 0;
        for (SalvagedPart part : parts) {
            status |= part.dump().header().status();
        }
        return (status & KdumpHeader.STATUS_INCOMPLETE) != 0;
    }

    private KdumpWriter begin(ByteSink sink) throws IOException {
        KdumpDump first = parts.getFirst().dump();
        DumpHeader header = first.header();
        StringBuilder erased = new StringBuilder();
        boolean sharesZeroPage = false;
        for (SalvagedPart part : parts) {
            erased.append(part.dump().header().eraseInfo().orElse(""));
            sharesZeroPage |= part.table().sharesZeroPage();
        }
        // An old file does not tell its level, and has a page of zeros all the same.
        OptionalInt level = header.dumpLevel().isEmpty() && sharesZeroPage ? OptionalInt.of(1) : header.dumpLevel();
        DumpHeader whole = header.withPart(Optional.empty())
                .withDumpLevel(level)
                .withStatus(header.status() & ~KdumpHeader.STATUS_INCOMPLETE)
                .withEraseInfo(erased.isEmpty() ? Optional.empty() : Optional.of(erased.toString()));
        Optional<Trailer> trailer = parts.getFirst().trailer();
        NoteArea notes = NoteArea.of(
                SoundNotes.of(first.notes(), trailer.isPresent(), log),
                first.machine().order());
        KdumpLayout layout = new KdumpLayout(first.machine(), whole, notes, endPfn, promisedPages());
        if (trailer.isEmpty()) {
            return KdumpWriter.create(sink, layout);
        }
        TrailerWriter copy = new TrailerWriter();
        trailer.get().copyClassesTo(copy.classes());
        return KdumpWriter.create(sink, layout, copy);
    }

    private void loseRange(KdumpWriter writer, Stretch stretch) throws IOException {
        PageBitmap window = new PageBitmap(WINDOW_FRAMES);
        for (long first = stretch.startPfn() & -Long.SIZE; first < stretch.endPfn(); first += WINDOW_FRAMES) {
            window.reset(first, (int) Math.min(WINDOW_FRAMES, stretch.endPfn() - first));
            stretch.bitmap().mark(window, stretch.startPfn(), stretch.endPfn());
            for (long pfn = window.nextSet(first); pfn < window.endPfn(); ) {
                long next = window.nextClear(pfn);
                log.lostPages(pfn, next, "in a part of the split set that is missing");
                for (; pfn < next; pfn++) {
                    writer.appendLostPage();
                }
                pfn = window.nextSet(next);
            }
        }
    }
}
