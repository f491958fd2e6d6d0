package io.inquest.dump.trailer;

import io.inquest.dump.io.ByteSink;
import io.inquest.dump.io.NoSpaceException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/// Collects a dump's trailer while the dump is written, and writes it behind the last page.
///
/// | Place           | Thing                                                                |
/// |-----------------|----------------------------------------------------------------------|
/// | directly behind the dump | chunks of the class map, see [ClassMapWriter]               |
/// | `index_offset`  | 32 bytes for each chunk: which frames, where                         |
/// | `checksums_offset` | a table for each section, see [SectionChecksum]                   |
/// | end of file     | 64 bytes that say where the others are                               |
///
/// The writer of the container opens the sections; whoever knows the classes fills [#classes]. One thread
/// at a time.
public final class TrailerWriter {

    private final ClassMapWriter classes = new ClassMapWriter();
    private final List<SectionChecksum> sections = new ArrayList<>();

    /// A trailer of which nothing is known yet.
    public TrailerWriter() {}

    /// The class map, to be filled from frame 0 on at any time before the dump is finished.
    public ClassMapWriter classes() {
        return classes;
    }

    /// Begins the checksums of a section at `offset` of the file, which has about `expectedBytes` bytes.
    public SectionChecksum section(Section section, long offset, long expectedBytes) {
        SectionChecksum checksum = new SectionChecksum(section, offset, expectedBytes);
        sections.add(checksum);
        return checksum;
    }

    /// How large it becomes at most, when the classes of all frames are known. The checksums of headers,
    /// which come last, are taken to be no more than those of all others.
    public long mostBytes() {
        long checksums = 0;
        for (SectionChecksum section : sections) {
            checksums += section.mostTableBytes();
        }
        return classes.mostBytes() + 2 * checksums + Footer.BYTES;
    }

    /// Writes the trailer at `offset`, where the dump ends.
    ///
    /// If a file has no space for it, it is left out: the dump before it is whole, and must not be called
    /// incomplete for want of what it can do without. A stream cannot go on behind a record that was cut.
    ///
    /// @return false if it was left out; then the dump must not announce it
    public boolean writeTo(ByteSink sink, long offset) throws IOException {
        try {
            write(sink, offset);
            return true;
        } catch (NoSpaceException full) {
            if (sink.showsItsEnd()) {
                throw full;
            }
            return false;
        }
    }

    private void write(ByteSink sink, long offset) throws IOException {
        classes.finish();
        long at = offset;
        for (byte[] chunk : classes.chunks()) {
            sink.write(at, ByteBuffer.wrap(chunk));
            at += chunk.length;
        }
        ByteBuffer directory = directory();
        CRC32C crc = new CRC32C();
        crc.update(directory.duplicate());
        int directoryBytes = directory.remaining();
        sink.write(at, directory);
        long indexOffset = classes.chunkBytes();
        long checksumsOffset = indexOffset + classes.indexBytes();
        Footer footer = new Footer(
                classes.isCut() ? Footer.CLASS_MAP_CUT : 0,
                offset,
                indexOffset,
                classes.chunks().size(),
                checksumsOffset,
                directoryBytes - classes.indexBytes(),
                (int) crc.getValue());
        sink.write(at + directoryBytes, footer.encode());
    }

    private ByteBuffer directory() {
        int size = classes.indexBytes();
        for (SectionChecksum section : sections) {
            size += section.tableBytes();
        }
        ByteBuffer directory = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        classes.putIndex(directory);
        for (SectionChecksum section : sections) {
            section.putTable(directory);
        }
        return directory.flip();
    }
}
