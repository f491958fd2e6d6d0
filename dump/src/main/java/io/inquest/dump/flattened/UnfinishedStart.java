package io.inquest.dump.flattened;

import io.inquest.dump.elf.ElfFormat;
import io.inquest.dump.io.ByteSink;
import io.inquest.dump.kdump.KdumpFormat;
import java.io.IOException;
import java.nio.ByteBuffer;

/// Passes the bytes of a dump on to a file, with its header changed to say "incomplete" until the end has come.
final class UnfinishedStart {

    /// More than the header of any format that has such a mark.
    private static final int START_BYTES = 512;

    private final ByteSink sink;
    private final ByteBuffer start = ByteBuffer.allocate(START_BYTES);
    private int knownBytes;

    UnfinishedStart(ByteSink sink) {
        this.sink = sink;
    }

    void write(long offset, ByteBuffer bytes) throws IOException {
        if (offset >= START_BYTES) {
            sink.write(offset, bytes);
            return;
        }
        int at = (int) offset;
        int size = Math.min(bytes.remaining(), START_BYTES - at);
        start.put(at, bytes, bytes.position(), size);
        knownBytes = Math.max(knownBytes, at + size);
        ByteBuffer marked = ByteBuffer.allocate(START_BYTES).put(0, start, 0, START_BYTES);
        mark(marked);
        sink.write(offset, marked.slice(at, size));
        bytes.position(bytes.position() + size);
        sink.write(offset + size, bytes);
    }

    private static void mark(ByteBuffer header) {
        KdumpFormat.markIncomplete(header);
        ElfFormat.markIncomplete(header);
    }

    /// Puts the header's own bytes in place.
    void finish() throws IOException {
        sink.rewrite(0, start.slice(0, knownBytes));
    }
}
