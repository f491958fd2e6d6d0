package io.inquest.dump.flattened;

import io.inquest.dump.io.ByteSource;
import java.io.IOException;
import java.nio.ByteBuffer;

/// Finds the next record of a flattened stream behind a damaged one: a header that can be one, from which a chain of
/// others leads on.
final class Resynchronisation {

    /// Writers' records have 64 KiB or a bitmap; a longer search is given up.
    private static final int MOST_SEARCHED = 256 << 20;

    private static final int WINDOW_BYTES = 1 << 20;
    private static final int LINKS = 3;
    private static final long MOST_OFFSET = 1L << 50;
    private static final long MOST_RECORD = 1L << 30;

    /// Pages are written in pieces of some 64 KiB. What claims to be a larger record that the file cuts is no record:
    /// it
    /// would swallow all that follows.
    private static final long MOST_CUT_RECORD = 4 << 20;

    private final ByteSource file;
    private final ByteBuffer header = ByteBuffer.allocate(FlattenedStream.RECORD_HEADER_BYTES);

    Resynchronisation(ByteSource file) {
        this.file = file;
    }

    /// Where the next record begins at or behind `from`, or -1.
    long next(long from) throws IOException {
        long end = Math.min(file.size(), from + MOST_SEARCHED);
        ByteBuffer window = ByteBuffer.allocate(WINDOW_BYTES + FlattenedStream.RECORD_HEADER_BYTES);
        for (long base = from; base < end; base += WINDOW_BYTES) {
            window.clear();
            FlattenedSource.fill(file, base, window);
            window.flip();
            int last = Math.min(WINDOW_BYTES, window.limit() - FlattenedStream.RECORD_HEADER_BYTES + 1);
            for (int at = 0; at < last; at++) {
                if (canBe(window.getLong(at), window.getLong(at + 8)) && leadsOn(base + at)) {
                    return base + at;
                }
            }
        }
        return -1;
    }

    private static boolean isEnd(long offset, long size) {
        return offset == -1 && size == -1;
    }

    static boolean canBe(long offset, long size) {
        return (offset >= 0 && offset < MOST_OFFSET && size > 0 && size <= MOST_RECORD) || isEnd(offset, size);
    }

    /// Whether the record at `at` with this header can be right: it ends the file, or others follow it.
    boolean isSound(long at, long offset, long size) throws IOException {
        long behind = at + FlattenedStream.RECORD_HEADER_BYTES + size;
        return canBe(offset, size) && (behind >= file.size() || isHeader(behind));
    }

    /// Whether a record or the end of the stream can begin at `at`. If what follows that is damaged, it is not to
    /// blame.
    boolean isHeader(long at) throws IOException {
        FlattenedSource.fill(file, at, header.clear());
        return header.hasRemaining() || canBe(header.getLong(0), header.getLong(8));
    }

    /// Whether the record at `start` and those behind it can be records, up to the end of the stream or of the file.
    boolean leadsOn(long start) throws IOException {
        return leadsOn(start, LINKS);
    }

    /// The same for so many records.
    boolean leadsOn(long start, int links) throws IOException {
        long at = start;
        long last = 0;
        for (int link = 0; link < links; link++) {
            FlattenedSource.fill(file, at, header.clear());
            if (header.hasRemaining()) {
                return link > 1 && last <= MOST_CUT_RECORD;
            }
            long offset = header.getLong(0);
            long size = header.getLong(8);
            if (isEnd(offset, size)) {
                return at + header.capacity() == file.size() || link > 1;
            }
            if (!canBe(offset, size)) {
                return false;
            }
            at += header.capacity() + size;
            last = size;
        }
        return true;
    }
}
