package io.inquest.dump.kdump;

import io.inquest.dump.DumpException;
import io.inquest.dump.DumpHeader;
import io.inquest.dump.NoteArea;
import io.inquest.dump.PageBitmap;
import io.inquest.dump.PfnRange;
import io.inquest.dump.Warnings;
import io.inquest.dump.io.ByteSink;
import io.inquest.dump.io.ByteSource;
import io.inquest.dump.trailer.Trailer;
import io.inquest.dump.trailer.TrailerWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/// Puts the parts of a split set together: the result has the bytes that it would have if it had not been split.
///
/// Pages are copied as they are stored, never expanded. If a part is incomplete or damaged, so is the result,
/// and it says so. If all parts have trailers, it gets one too.
public final class Reassembly {

    private static final int WINDOW_FRAMES = 1 << 20;

    private final List<Part> parts;

    /// One opened part.
    private record Part(ByteSource source, KdumpDump dump, PfnRange range, Optional<Trailer> trailer) {}

    private Reassembly(List<Part> parts) {
        this.parts = parts;
    }

    /// Opens the parts, given in any order, and checks that they are those of one dump. The caller
    /// closes the sources.
    public static Reassembly open(List<ByteSource> sources, Warnings warnings) throws IOException {
        List<Part> parts = new ArrayList<>();
        for (ByteSource source : sources) {
            parts.add(open(source, warnings));
        }
        if (parts.isEmpty()) {
            throw new DumpException("no parts of a split dump were given");
        }
        for (Part part : parts) {
            checkSameHeader(parts.getFirst(), part);
        }
        parts.sort(Comparator.comparingLong((Part part) -> part.range.startPfn())
                .thenComparingLong(part -> part.range.endPfn()));
        checkCoverage(parts);
        return new Reassembly(List.copyOf(parts));
    }

    private static Part open(ByteSource source, Warnings warnings) throws IOException {
        KdumpDump dump = new KdumpFormat().openKdump(source, warnings);
        Optional<PfnRange> range = dump.header().part();
        if (range.isEmpty()) {
            throw new DumpException("Invalid dumpfile(" + source.name() + "): it is no part of a split dump.");
        }
        return new Part(source, dump, range.get(), dump.trailer());
    }

    /// Parts have the same main header, byte for byte; only their mark of being incomplete may differ.
    private static void checkSameHeader(Part first, Part other) throws IOException {
        ByteBuffer one = first.dump.mainHeader();
        ByteBuffer two = other.dump.mainHeader();
        if (one.mismatch(two) >= 0) {
            throw new DumpException("Invalid dumpfile(" + other.source.name() + "): it is a part of another dump than "
                    + first.source.name() + ".");
        }
    }

    private static void checkCoverage(List<Part> parts) throws DumpException {
        long next = 0;
        for (Part part : parts) {
            if (part.range.startPfn() > next) {
                throw missing(next, part.range.startPfn());
            }
            if (part.range.startPfn() < next && part.range.frames() > 0) {
                throw new DumpException("Invalid dumpfile(" + part.source.name() + "): another part holds pfn 0x"
                        + Long.toHexString(part.range.startPfn()) + " too.");
            }
            next = Math.max(next, part.range.endPfn());
        }
        long end = parts.getFirst().dump.memory().endPfn();
        if (next < end) {
            throw missing(next, end);
        }
    }

    private static DumpException missing(long startPfn, long endPfn) {
        return new DumpException("There is not dumpfile corresponding to pfn 0x" + Long.toHexString(startPfn) + " - 0x"
                + Long.toHexString(endPfn) + ".");
    }

    /// Writes the whole dump; `progress` hears of the number of pages done now and then. Answers how many pages the
    /// parts have lost: if any, the dump is marked as incomplete.
    public long writeTo(ByteSink sink, LongConsumer progress) throws IOException {
        KdumpLayout layout = layout();
        KdumpWriter writer = begin(sink, layout);
        PageBitmap window = new PageBitmap(WINDOW_FRAMES);
        for (long pfn = 0; pfn < layout.endPfn(); pfn += WINDOW_FRAMES) {
            reset(window, pfn, layout.endPfn());
            parts.getFirst().dump.memory().markExisting(window);
            writer.writeExistingFrames(window);
        }
        for (long pfn = 0; pfn < layout.endPfn(); pfn += WINDOW_FRAMES) {
            reset(window, pfn, layout.endPfn());
            markStored(window);
            writer.writeStoredFrames(window);
        }
        long done = 0;
        long lost = 0;
        for (Part part : parts) {
            StoredPageCopier copier = new StoredPageCopier(part.dump.table(), writer, progress, done);
            copier.copyAll();
            done = copier.pagesDone();
            lost += copier.lostPages();
        }
        if (lost > 0) {
            writer.markIncomplete();
        } else {
            writer.finish();
        }
        return lost;
    }

    private static void reset(PageBitmap window, long pfn, long endPfn) {
        window.reset(pfn, (int) Math.min(WINDOW_FRAMES, endPfn - pfn));
    }

    private void markStored(PageBitmap window) throws IOException {
        for (Part part : parts) {
            part.dump.memory().markStored(window);
        }
    }

    private KdumpWriter begin(ByteSink sink, KdumpLayout layout) throws IOException {
        TrailerWriter trailer = new TrailerWriter();
        for (Part part : parts) {
            if (part.trailer.isEmpty()) {
                return KdumpWriter.create(sink, layout);
            }
        }
        // Each part has the class map of the whole dump, as it has the bitmaps.
        parts.getFirst().trailer.orElseThrow().copyClassesTo(trailer.classes());
        return KdumpWriter.create(sink, layout, trailer);
    }

    private KdumpLayout layout() throws IOException {
        KdumpDump first = parts.getFirst().dump;
        long pages = 0;
        int incomplete = 0;
        StringBuilder erased = new StringBuilder();
        for (Part part : parts) {
            pages += part.dump.table().storedPages();
            incomplete |= part.dump.header().status() & KdumpHeader.STATUS_INCOMPLETE;
            erased.append(part.dump.header().eraseInfo().orElse(""));
        }
        DumpHeader header = first.header();
        DumpHeader whole = header.withPart(Optional.empty())
                .withStatus(header.status() | incomplete)
                .withEraseInfo(erased.isEmpty() ? Optional.empty() : Optional.of(erased.toString()));
        NoteArea notes = NoteArea.of(first.notes(), first.machine().order());
        return new KdumpLayout(first.machine(), whole, notes, first.memory().endPfn(), pages);
    }
}
