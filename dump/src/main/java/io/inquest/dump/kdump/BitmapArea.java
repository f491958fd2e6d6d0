package io.inquest.dump.kdump;

import io.inquest.dump.PageBitmap;
import io.inquest.dump.io.ByteSink;
import io.inquest.dump.trailer.SectionChecksum;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/// One bitmap of a kdump-compressed file, written in windows from its begin to its end: bit `pfn & 7` of byte
/// `pfn >> 3`.
final class BitmapArea {

    private final ByteSink sink;
    private final long offset;
    private final long endPfn;
    private final @Nullable SectionChecksum checksum;
    private ByteBuffer bytes = ByteBuffer.allocate(0);
    private long nextPfn;

    BitmapArea(ByteSink sink, long offset, long endPfn, @Nullable SectionChecksum checksum) {
        this.sink = sink;
        this.offset = offset;
        this.endPfn = endPfn;
        this.checksum = checksum;
    }

    void write(PageBitmap window) throws IOException {
        if (window.firstPfn() != nextPfn) {
            throw new IllegalArgumentException(
                    "a window at frame " + window.firstPfn() + " where " + nextPfn + " is next");
        }
        int words = Math.ceilDiv(window.frames(), Long.SIZE);
        if (bytes.capacity() < words * Long.BYTES) {
            bytes = ByteBuffer.allocateDirect(words * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        }
        bytes.clear().asLongBuffer().put(window.words(), 0, words);
        long end = Math.min(window.endPfn(), endPfn);
        bytes.limit(Math.ceilDiv((int) Math.max(end - nextPfn, 0), Byte.SIZE));
        if (checksum != null) {
            checksum.update(bytes.duplicate());
        }
        sink.write(offset + nextPfn / Byte.SIZE, bytes);
        nextPfn = window.endPfn();
    }

    boolean isWhole() {
        return nextPfn >= endPfn;
    }
}
