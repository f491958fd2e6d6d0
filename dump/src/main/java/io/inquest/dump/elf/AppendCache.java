package io.inquest.dump.elf;

import io.inquest.dump.io.ByteSink;
import io.inquest.dump.trailer.SectionChecksum;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/// Appends bytes to a stretch of a file, in writes of 64 KiB (makedumpfile's, so that a stream has
/// the same records).
final class AppendCache {

    private static final int CACHE_BYTES = 64 << 10;

    private final ByteSink sink;
    private final ByteBuffer bytes;
    private final @Nullable SectionChecksum checksum;
    private final @Nullable AppendCache first;
    private long offset;

    /// @param first a cache that is always written before this one, if there must be one
    AppendCache(ByteSink sink, long offset, @Nullable SectionChecksum checksum, @Nullable AppendCache first) {
        this.sink = sink;
        this.bytes = ByteBuffer.allocateDirect(CACHE_BYTES);
        this.offset = offset;
        this.checksum = checksum;
        this.first = first;
    }

    /// Where the next byte will be.
    long end() {
        return offset + bytes.position();
    }

    /// Appends something that is not to be cut: the caller puts up to `size` bytes into what is returned.
    ByteBuffer room(int size, ByteOrder order) throws IOException {
        if (bytes.remaining() < size) {
            flush();
        }
        return bytes.order(order);
    }

    /// Appends all remaining bytes.
    void put(ByteBuffer source) throws IOException {
        while (source.hasRemaining()) {
            if (!bytes.hasRemaining()) {
                flush();
            }
            int size = Math.min(source.remaining(), bytes.remaining());
            bytes.put(bytes.position(), source, source.position(), size);
            bytes.position(bytes.position() + size);
            source.position(source.position() + size);
        }
    }

    void flush() throws IOException {
        if (first != null) {
            first.flush();
        }
        bytes.flip();
        if (bytes.hasRemaining()) {
            if (checksum != null) {
                checksum.update(bytes.duplicate());
            }
            sink.write(offset, bytes);
            offset += bytes.limit();
        }
        bytes.clear();
    }
}
