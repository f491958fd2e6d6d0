package io.inquest.dump.kdump;

import io.inquest.dump.io.ByteSink;
import io.inquest.dump.trailer.SectionChecksum;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/// Collects page descriptors and the stored pages they describe, and writes both to their places when
/// either is full.
///
/// In a file the pages of a flush are written before their descriptors, so that whenever the writer dies, what
/// the file describes is there. In a stream the descriptors go first, as makedumpfile sends them: there the
/// order does not matter, for a reader of a cut stream knows where it was cut.
final class PairedCache {

    /// As makedumpfile flushes by default (`page_size << 4`), so that a stream has the same records.
    private static final int PAGES_CACHED = 16;

    /// Descriptors of whole batches wait for one another, but not for long: whoever is killed loses what waits.
    private static final int MOST_WAITING = 512;

    private final ByteSink sink;
    private final ByteBuffer descriptors;
    private final ByteBuffer data;
    private final @Nullable SectionChecksum descriptorChecksum;
    private final @Nullable SectionChecksum dataChecksum;
    private long descriptorsOffset;
    private long dataOffset;

    PairedCache(
            ByteSink sink,
            KdumpLayout layout,
            @Nullable SectionChecksum descriptorChecksum,
            @Nullable SectionChecksum dataChecksum) {
        int capacity = layout.blockBytes() * PAGES_CACHED;
        ByteOrder order = layout.machine().order();
        this.sink = sink;
        this.descriptors = ByteBuffer.allocateDirect(capacity).order(order);
        this.data = ByteBuffer.allocateDirect(capacity).order(order);
        this.descriptorsOffset = layout.descriptorsOffset();
        this.dataOffset = layout.dataOffset();
        this.descriptorChecksum = descriptorChecksum;
        this.dataChecksum = dataChecksum;
    }

    /// Appends bytes that no descriptor of their own describes.
    void addUndescribed(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            int size = Math.min(bytes.remaining(), data.remaining());
            data.put(data.position(), bytes, bytes.position(), size);
            data.position(data.position() + size);
            bytes.position(bytes.position() + size);
            if (!data.hasRemaining()) {
                flush();
            }
        }
    }

    /// Appends a stored page and its descriptor.
    void add(int flags, ByteBuffer source, int sourceOffset, int storedBytes) throws IOException {
        makeRoomFor(storedBytes);
        putDescriptor(dataEnd(), storedBytes, flags);
        data.put(data.position(), source, sourceOffset, storedBytes);
        data.position(data.position() + storedBytes);
    }

    /// Appends a descriptor of a page that is in the file already.
    void addShared(int flags, long offset, int storedBytes) throws IOException {
        makeRoomFor(0);
        putDescriptor(offset, storedBytes, flags);
    }

    /// Begins a batch of pages the data of which is written as it is, without a copy; each is to be described,
    /// then [#endBatch] called. Answers false for a stream, which gets makedumpfile's records, and for a batch
    /// that is too large.
    boolean beginBatch(int pages) throws IOException {
        int bytes = pages * KdumpLayout.DESCRIPTOR_BYTES;
        if (sink.showsItsEnd() || bytes > descriptors.capacity()) {
            return false;
        }
        boolean waitedLong = descriptors.position() >= MOST_WAITING * KdumpLayout.DESCRIPTOR_BYTES;
        if (data.position() > 0 || waitedLong || descriptors.remaining() < bytes) {
            flush();
        }
        return true;
    }

    /// Describes a page of the batch, the data of which begins `at` bytes behind that of the first.
    void describe(int flags, int at, int storedBytes) {
        putDescriptor(dataOffset + at, storedBytes, flags);
    }

    /// Describes a page of the batch that has no data of its own there.
    void describeShared(long offset, int storedBytes) {
        putDescriptor(offset, storedBytes, 0);
    }

    /// Writes the data of the batch, from its position to its limit.
    void endBatch(ByteBuffer batch) throws IOException {
        writeData(batch);
    }

    private void putDescriptor(long offset, int storedBytes, int flags) {
        descriptors.putLong(offset).putInt(storedBytes).putInt(flags).putLong(0);
    }

    /// makedumpfile flushes as soon as a cache would be full to the last byte, not when it would overflow.
    private void makeRoomFor(int storedBytes) throws IOException {
        if (descriptors.remaining() <= KdumpLayout.DESCRIPTOR_BYTES || data.remaining() <= storedBytes) {
            if (sink.showsItsEnd()) {
                flushDescriptors();
                flushData();
            } else {
                flush();
            }
        }
    }

    /// Writes what is left.
    void flush() throws IOException {
        flushData();
        flushDescriptors();
    }

    private void flushData() throws IOException {
        writeData(data.flip());
        data.clear();
    }

    private void writeData(ByteBuffer bytes) throws IOException {
        int start = bytes.position();
        if (dataChecksum != null) {
            dataChecksum.update(bytes.duplicate());
        }
        try {
            sink.write(dataOffset, bytes);
        } catch (IOException e) {
            salvage(dataOffset + bytes.position() - start, e);
            throw e;
        }
        dataOffset += bytes.limit() - start;
    }

    private void flushDescriptors() throws IOException {
        descriptors.flip();
        if (descriptorChecksum != null) {
            descriptorChecksum.update(descriptors.duplicate());
        }
        writeDescriptors();
        descriptorsOffset += descriptors.limit();
        descriptors.clear();
    }

    /// Writes the descriptors from position to limit. If that fails in the middle of one, a half descriptor
    /// must not stay: it would name a place that nobody meant.
    private void writeDescriptors() throws IOException {
        try {
            sink.write(descriptorsOffset, descriptors);
        } catch (IOException e) {
            int torn = descriptors.position() % KdumpLayout.DESCRIPTOR_BYTES;
            if (torn > 0) {
                rewriteAfter(e, descriptorsOffset + descriptors.position() - torn, ByteBuffer.allocate(torn));
            }
            throw e;
        }
    }

    private void rewriteAfter(IOException failure, long offset, ByteBuffer bytes) {
        try {
            sink.rewrite(offset, bytes);
        } catch (IOException alsoFailed) {
            failure.addSuppressed(alsoFailed);
        }
    }

    /// Describes the pages that were written as a whole up to `writtenEnd` before the sink failed.
    private void salvage(long writtenEnd, IOException failure) {
        int end = 0;
        while (end < descriptors.position()
                && descriptors.getLong(end) + descriptors.getInt(end + Long.BYTES) <= writtenEnd) {
            end += KdumpLayout.DESCRIPTOR_BYTES;
        }
        descriptors.position(0).limit(end);
        try {
            writeDescriptors();
        } catch (IOException alsoFailed) {
            failure.addSuppressed(alsoFailed);
        }
    }

    /// Where the next stored page will be.
    long dataEnd() {
        return dataOffset + data.position();
    }
}
