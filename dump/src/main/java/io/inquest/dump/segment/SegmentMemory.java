package io.inquest.dump.segment;

import io.inquest.dump.MemoryFault;
import io.inquest.dump.PageBitmap;
import io.inquest.dump.PageState;
import io.inquest.dump.PhysicalMemory;
import io.inquest.dump.PhysicalSegment;
import io.inquest.dump.format.ExtentMap;
import io.inquest.dump.format.LostPages;
import io.inquest.dump.format.Zeros;
import io.inquest.dump.io.ByteSource;
import io.inquest.dump.trailer.ExclusionCodes;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/// Physical memory as segments of a file.
///
/// Each segment gives up to three pieces: bytes that the file has, bytes that it promises but ends before, and bytes
/// behind `fileBytes` that were left out. Where segments overlap, bytes in the file win over lost ones, those over
/// left-out ones, and among equals the first segment wins, as in makedumpfile.
///
/// Frames that lie in a hole of the file are lost, too.
public final class SegmentMemory implements PhysicalMemory {

    private static final int STORED = 0;
    private static final int LOST = 1;
    private static final int LEFT_OUT = 2;

    private final ByteSource source;
    private final int pageShift;
    private final List<PhysicalSegment> segments;
    private final LostPages lostPages;
    private final ExclusionCodes exclusionCodes;
    private final ExtentMap extents;
    private final byte[] kinds;
    private final long[] pieceStarts;
    private final long[] pieceOffsets;
    private final long endPfn;
    private final long lostBytes;

    /// The memory of a dump that does not record why frames were left out.
    public SegmentMemory(ByteSource source, int pageShift, List<PhysicalSegment> segments, LostPages lostPages) {
        this(source, pageShift, segments, lostPages, ExclusionCodes.NONE);
    }

    /// `exclusionCodes` gives the recorded class of a left-out frame. Segments without a physical
    /// address hold no physical memory; the others end below 2^63.
    public SegmentMemory(
            ByteSource source,
            int pageShift,
            List<PhysicalSegment> segments,
            LostPages lostPages,
            ExclusionCodes exclusionCodes) {
        this.source = source;
        this.pageShift = pageShift;
        this.segments = List.copyOf(segments);
        this.lostPages = lostPages;
        this.exclusionCodes = exclusionCodes;
        int capacity = Math.multiplyExact(this.segments.size(), 3);
        kinds = new byte[capacity];
        pieceStarts = new long[capacity];
        pieceOffsets = new long[capacity];
        long[] pieceEnds = new long[capacity];
        long[] ranks = new long[capacity];
        int count = 0;
        long end = 0;
        long lost = 0;
        for (PhysicalSegment segment : this.segments) {
            if (!segment.hasPhysicalAddress()) {
                continue;
            }
            long[] bounds = bounds(segment);
            for (int kind = STORED; kind <= LEFT_OUT; kind++) {
                if (bounds[kind] < bounds[kind + 1]) {
                    kinds[count] = (byte) kind;
                    pieceStarts[count] = bounds[kind];
                    pieceEnds[count] = bounds[kind + 1];
                    pieceOffsets[count] = segment.fileOffset() + (bounds[kind] - bounds[0]);
                    ranks[count] = ((long) kind << 32) + count;
                    count++;
                }
            }
            end = Math.max(end, bounds[3]);
            lost += bounds[2] - bounds[1];
        }
        extents = ExtentMap.of(pieceStarts, pieceEnds, ranks, count);
        endPfn = pfnAbove(end);
        lostBytes = lost;
    }

    /// Where the segment's stored, lost and left-out bytes begin, and where the segment ends.
    private long[] bounds(PhysicalSegment segment) {
        long start = segment.physicalAddress();
        long inFile = Math.min(segment.fileBytes(), Math.max(0, source.size() - segment.fileOffset()));
        long end = start + Math.max(segment.memoryBytes(), segment.fileBytes());
        return new long[] {start, start + inFile, start + segment.fileBytes(), end};
    }

    /// Bytes that the segments promise and the file is too short for.
    public long lostBytes() {
        return lostBytes;
    }

    @Override
    public int pageShift() {
        return pageShift;
    }

    @Override
    public long endPfn() {
        return endPfn;
    }

    @Override
    public List<PhysicalSegment> segments() {
        return segments;
    }

    @Override
    public PageState state(long pfn) {
        if (pfn < 0 || pfn >= endPfn) {
            return PageState.ABSENT;
        }
        long start = pfn << pageShift;
        long end = start + pageBytes();
        PageState state = PageState.ABSENT;
        for (int i = extents.at(start); i < extents.size() && extents.start(i) < end; i++) {
            switch (kinds[extents.owner(i)]) {
                case STORED -> {
                    long from = Math.max(start, extents.start(i));
                    if (!source.covers(place(i, from), Math.min(end, extents.end(i)) - from)) {
                        return PageState.LOST;
                    }
                    state = PageState.STORED;
                }
                case LOST -> {
                    return PageState.LOST;
                }
                default -> state = state == PageState.ABSENT ? PageState.EXCLUDED : state;
            }
        }
        return state;
    }

    /// Where in the file an address of a stored extent is.
    private long place(int extent, long address) {
        int piece = extents.owner(extent);
        return pieceOffsets[piece] + (address - pieceStarts[piece]);
    }

    /// One past the last address of a stored extent that is, as `address` is, in the file or in a hole of it.
    private long sameUntil(int extent, long address) {
        long at = place(extent, address);
        long data = source.nextData(at);
        long end = data > at ? data : source.nextHole(at);
        return address + Math.min(extents.end(extent) - address, end - at);
    }

    @Override
    public OptionalInt exclusionCode(long pfn) {
        return state(pfn) == PageState.EXCLUDED ? exclusionCodes.exclusionCode(pfn) : OptionalInt.empty();
    }

    @Override
    public long alikeUntil(long pfn) {
        long start = pfn << pageShift;
        int extent = pfn < 0 || pfn >= endPfn ? extents.size() : extents.at(start);
        if (extent == extents.size()) {
            return pfn + 1;
        }
        boolean inGap = extents.start(extent) > start;
        int kind = inGap ? LOST : kinds[extents.owner(extent)];
        long end = (inGap ? extents.start(extent) : kind == STORED ? sameUntil(extent, start) : extents.end(extent))
                >>> pageShift;
        boolean coded = kind == LEFT_OUT;
        return Math.max(pfn + 1, coded ? Math.min(end, exclusionCodes.sameCodeUntil(pfn)) : end);
    }

    @Override
    public void markExisting(PageBitmap window) {
        mark(window, LEFT_OUT);
    }

    @Override
    public void markStored(PageBitmap window) {
        mark(window, LOST);
    }

    private void mark(PageBitmap window, int lastKind) {
        long end = window.endPfn() << pageShift;
        for (int i = extents.at(window.firstPfn() << pageShift); i < extents.size() && extents.start(i) < end; i++) {
            if (kinds[extents.owner(i)] <= lastKind) {
                window.setRange(extents.start(i) >>> pageShift, pfnAbove(extents.end(i)));
            }
        }
    }

    @Override
    public void readPages(long pfn, int count, ByteBuffer target, PageState[] states) throws IOException {
        for (int i = 0; i < count; ) {
            int run = wholeFrames(pfn + i, count - i);
            if (run == 0) {
                states[i] = readPieces(pfn + i, target);
                i++;
            } else {
                readRun(pfn + i, target, states, i, run);
                i += run;
            }
        }
    }

    /// Reads `count` frames of one stored extent. If the input refuses them, each is asked for alone.
    private void readRun(long pfn, ByteBuffer target, PageState[] states, int at, int count) throws IOException {
        int from = target.position();
        int read = 0;
        try {
            read = readHere(pfn << pageShift, target, count << pageShift) >>> pageShift;
            lostPages.given();
        } catch (IOException refused) {
            target.position(from);
            if (count > 1) {
                for (int i = 0; i < count; i++) {
                    readRun(pfn + i, target, states, at + i, 1);
                }
                return;
            }
            lostPages.refused(pfn, refused);
        }
        Arrays.fill(states, at, at + read, PageState.STORED);
        Arrays.fill(states, at + read, at + count, PageState.LOST);
        clear(target, from + (read << pageShift), from + (count << pageShift));
    }

    /// How many frames from `pfn` on, at most `most`, lie in one stored extent, and not in a hole of the file.
    private int wholeFrames(long pfn, int most) {
        long start = pfn << pageShift;
        int extent = extents.at(start);
        if (extent == extents.size() || extents.start(extent) > start || kinds[extents.owner(extent)] != STORED) {
            return 0;
        }
        long at = place(extent, start);
        return source.nextData(at) > at ? 0 : (int) Math.min(most, (sameUntil(extent, start) - start) >>> pageShift);
    }

    /// Puts one frame together from what there is of it.
    private PageState readPieces(long pfn, ByteBuffer target) throws IOException {
        int from = target.position();
        PageState state = state(pfn);
        clear(target, from, from + pageBytes());
        if (state != PageState.STORED) {
            return state;
        }
        long start = pfn << pageShift;
        long end = start + pageBytes();
        for (int i = extents.at(start); i < extents.size() && extents.start(i) < end; i++) {
            if (kinds[extents.owner(i)] == STORED) {
                long pieceStart = Math.max(start, extents.start(i));
                int length = (int) (Math.min(end, extents.end(i)) - pieceStart);
                target.position(from + (int) (pieceStart - start));
                if (!readPart(pieceStart, target, length)) {
                    clear(target, from, from + pageBytes());
                    return PageState.LOST;
                }
            }
        }
        target.position(from + pageBytes());
        return PageState.STORED;
    }

    /// Reads `length` bytes of the stored extent that holds `address`, as many as the file really has there.
    private int readHere(long address, ByteBuffer target, int length) throws IOException {
        long offset = place(extents.at(address), address);
        long held = source.nextData(offset) > offset ? 0 : source.nextHole(offset) - offset;
        int limit = target.limit();
        int from = target.position();
        target.limit(from + (int) Math.min(length, held));
        try {
            source.readFully(offset, target);
        } catch (EOFException cut) {
            // What there is counts.
        } finally {
            target.limit(limit);
        }
        return target.position() - from;
    }

    @Override
    public void read(long physicalAddress, ByteBuffer target) throws IOException {
        long at = physicalAddress;
        while (target.hasRemaining()) {
            int extent = at < 0 ? extents.size() : extents.at(at);
            boolean stored =
                    extent < extents.size() && extents.start(extent) <= at && kinds[extents.owner(extent)] == STORED;
            if (!stored) {
                at += readGap(at, target);
                continue;
            }
            int length = (int) Math.min(target.remaining(), extents.end(extent) - at);
            readStored(at, target, length);
            at += length;
        }
    }

    /// Reads bytes of one stored extent. If the input refuses them, those of each frame are asked for alone, so that
    /// the fault names the right one.
    private void readStored(long address, ByteBuffer target, int length) throws IOException {
        int from = target.position();
        try {
            int read = readHere(address, target, length);
            if (read < length) {
                throw fault(address + read, PageState.LOST);
            }
        } catch (IOException refused) {
            target.position(from);
            long end = address + length;
            for (long at = address; at < end; ) {
                int part = (int) Math.min(end - at, pageBytes() - (at & (pageBytes() - 1)));
                if (!readPart(at, target, part)) {
                    throw fault(at, PageState.LOST);
                }
                at += part;
            }
        }
    }

    /// Reads bytes of one stored extent and one frame, or answers false.
    private boolean readPart(long address, ByteBuffer target, int length) throws IOException {
        try {
            return readHere(address, target, length) == length;
        } catch (IOException refused) {
            lostPages.refused(address >>> pageShift, refused);
            return false;
        }
    }

    /// The bytes up to the end of the frame or the next extent, which are zero if the frame is stored in part.
    private int readGap(long at, ByteBuffer target) {
        long pfn = at >>> pageShift;
        PageState state = state(pfn);
        if (state != PageState.STORED) {
            throw fault(at, state);
        }
        int extent = extents.at(at);
        long end = (pfn + 1) << pageShift;
        if (extent < extents.size()) {
            end = Math.min(end, extents.start(extent) > at ? extents.start(extent) : extents.end(extent));
        }
        int length = (int) Math.min(target.remaining(), end - at);
        clear(target, target.position(), target.position() + length);
        return length;
    }

    private MemoryFault fault(long address, PageState state) {
        String why = switch (state) {
            case EXCLUDED -> " was left out of the dump on purpose";
            case LOST -> " is lost: the file ends before it, or cannot be read there";
            case ABSENT, STORED, ZERO -> " is in no segment of the dump";
        };
        return new MemoryFault(
                address, state, source.name() + ": page frame 0x" + Long.toHexString(address >>> pageShift) + why);
    }

    private long pfnAbove(long address) {
        return (address + pageBytes() - 1) >>> pageShift;
    }

    /// Fills with zeros and moves the position to `end`.
    private static void clear(ByteBuffer target, int start, int end) {
        Zeros.fill(target, start, end);
        target.position(end);
    }
}
