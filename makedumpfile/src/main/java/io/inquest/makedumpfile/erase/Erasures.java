package io.inquest.makedumpfile.erase;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Physical memory that is to be erased, and the record of it that the dump gets.
public final class Erasures {

    /// What stands where something was.
    private static final byte ERASED = 'X';

    private final Map<Long, List<Piece>> byFrame = new TreeMap<>();
    private final StringBuilder record = new StringBuilder();
    private final int pageShift;

    /// Bytes within one page frame.
    private record Piece(int offset, int bytes, byte with) {}

    public Erasures(int pageShift) {
        this.pageShift = pageShift;
    }

    /// Adds memory that lies in one piece; a nullified pointer becomes zeros.
    void add(long physicalAddress, long bytes, boolean nullify) {
        long pageBytes = 1L << pageShift;
        long at = physicalAddress;
        long left = bytes;
        while (left > 0) {
            int offset = (int) (at & (pageBytes - 1));
            int here = (int) Math.min(left, pageBytes - offset);
            byFrame.computeIfAbsent(at >>> pageShift, frame -> new ArrayList<>())
                    .add(new Piece(offset, here, nullify ? 0 : ERASED));
            at += here;
            left -= here;
        }
    }

    /// Adds a line to the record.
    void tell(String line) {
        record.append(line).append('\n');
    }

    public boolean isEmpty() {
        return byFrame.isEmpty();
    }

    /// The lines `erase EXPRESSION size N` and `erase EXPRESSION nullify` for all that was erased.
    public String record() {
        return record.toString();
    }

    /// Whether something of a frame is erased.
    boolean concerns(long pfn) {
        return byFrame.containsKey(pfn);
    }

    /// Erases what it is to of `count` frames from `pfn` on, whose bytes begin at `start` of `pages`.
    void apply(long pfn, int count, ByteBuffer pages, int start) {
        if (byFrame.isEmpty()) {
            return;
        }
        for (int i = 0; i < count; i++) {
            List<Piece> pieces = byFrame.get(pfn + i);
            if (pieces != null) {
                erase(pieces, pages, start + (i << pageShift), 0, 1 << pageShift);
            }
        }
    }

    /// As [#apply] for any bytes from a physical address on.
    void applyTo(long physicalAddress, ByteBuffer bytes, int start, int count) {
        long end = physicalAddress + count;
        for (long pfn = physicalAddress >>> pageShift; pfn << pageShift < end; pfn++) {
            List<Piece> pieces = byFrame.get(pfn);
            if (pieces != null) {
                long frame = pfn << pageShift;
                int from = (int) Math.max(0, physicalAddress - frame);
                int to = (int) Math.min(1L << pageShift, end - frame);
                erase(pieces, bytes, start + (int) (frame - physicalAddress), from, to);
            }
        }
    }

    /// `frameStart` is where the frame begins in the buffer, `from` and `to` the part of it that is there.
    private static void erase(List<Piece> pieces, ByteBuffer bytes, int frameStart, int from, int to) {
        for (Piece piece : pieces) {
            for (int at = Math.max(piece.offset(), from); at < Math.min(piece.offset() + piece.bytes(), to); at++) {
                bytes.put(frameStart + at, piece.with());
            }
        }
    }
}
