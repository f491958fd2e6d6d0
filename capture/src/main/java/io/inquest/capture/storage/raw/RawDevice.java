package io.inquest.capture.storage.raw;

import io.inquest.capture.storage.raw.RawEntry.State;
import io.inquest.dump.io.OwnerFile;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/// A partition without a file system, or the image of one:
///
/// | where            | what                                                                             |
/// |------------------|----------------------------------------------------------------------------------|
/// | from 0 on        | dumps, each at a multiple of 1 MiB                                                |
/// | before the index | logs, reports and manifests, each at a multiple of 4 KiB                          |
/// | the last 64 KiB  | the index, twice ([RawIndex])                                                     |
///
/// So the first dump is where `makedumpfile -R FILE <DEVICE` and kdumpctl's recovery look for one, which reads it to
/// its
/// end and no further. kdumpctl then wipes its first 512 bytes, and so it is no longer in the index that is read here.
public final class RawDevice implements Closeable {

    static final long DUMP_STEP = 1 << 20;
    static final long FILE_STEP = 4 << 10;

    private static final byte[] FLATTENED = "makedumpfile\0".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ELF = {0x7f, 'E', 'L', 'F'};

    private final String name;
    private final FileChannel reading;
    private final FileChannel writing;
    private final long indexAt;
    private RawIndex index;

    private RawDevice(String name, FileChannel reading, FileChannel writing) throws IOException {
        this.name = name;
        this.reading = reading;
        this.writing = writing;
        this.indexAt = (reading.size() - 2L * RawIndex.BYTES) / FILE_STEP * FILE_STEP;
        if (indexAt < DUMP_STEP) {
            throw new IOException(name + ": has " + reading.size() + " bytes; no dump fits there");
        }
        this.index = readIndex();
    }

    /// Opens a device to look at it.
    public static RawDevice open(Path path) throws IOException {
        FileChannel reading = FileChannel.open(path);
        return closedUnlessGood(path, reading, reading);
    }

    /// Opens a device that there is to save something on it.
    public static RawDevice modify(Path path) throws IOException {
        return closedUnlessGood(path, FileChannel.open(path), OwnerFile.modify(path));
    }

    private static RawDevice closedUnlessGood(Path path, FileChannel reading, FileChannel writing) throws IOException {
        try {
            return new RawDevice(path.toString(), reading, writing);
        } catch (IOException failure) {
            reading.close();
            writing.close();
            throw failure;
        }
    }

    /// What is on it.
    public RawIndex index() {
        return index;
    }

    /// Where the index begins, and nothing else reaches.
    long indexAt() {
        return indexAt;
    }

    /// The newer copy that is whole, without dumps that somebody has taken and wiped.
    private RawIndex readIndex() throws IOException {
        RawIndex newest = RawIndex.EMPTY;
        for (int copy = 0; copy < 2; copy++) {
            Optional<RawIndex> read = RawIndex.decode(read(copyAt(copy), RawIndex.BYTES), indexAt);
            if (read.isPresent() && read.get().generation() > newest.generation()) {
                newest = read.get();
            }
        }
        for (String folder : newest.folders()) {
            for (RawEntry entry : newest.of(folder)) {
                boolean wasWhole = entry.name().equals(RawPlace.DUMP) && entry.state() == State.WHOLE;
                if (wasWhole && !startsAsDump(entry)) {
                    newest = newest.without(folder);
                }
            }
        }
        return newest;
    }

    private boolean startsAsDump(RawEntry entry) throws IOException {
        byte[] start = read(entry.offset(), (int) Math.min(FLATTENED.length, entry.bytes()));
        return isFlattened(start) || Arrays.equals(start, 0, Math.min(ELF.length, start.length), ELF, 0, ELF.length);
    }

    private static boolean isFlattened(byte[] start) {
        return Arrays.equals(start, FLATTENED);
    }

    /// Whether a dump is a flattened stream, of which a file can be made.
    public boolean isFlattened(RawEntry entry) throws IOException {
        return entry.bytes() > FLATTENED.length && isFlattened(read(entry.offset(), FLATTENED.length));
    }

    /// The dump that there is without an index, as other programs leave it: from the first byte on, and to an end that
    /// only its reader finds.
    public Optional<RawEntry> dumpWithoutIndex() throws IOException {
        return index.entries().isEmpty() && isFlattened(read(0, FLATTENED.length))
                ? Optional.of(new RawEntry("", RawPlace.DUMP, 0, indexAt, State.UNFINISHED, RawEntry.NO_CHECKSUM))
                : Optional.empty();
    }

    private long copyAt(int copy) {
        return indexAt + (long) copy * RawIndex.BYTES;
    }

    /// Makes an index the device's: one copy is on the disk before the other is touched.
    public void write(RawIndex next) throws IOException {
        byte[] bytes = next.encode();
        for (int copy = 0; copy < 2; copy++) {
            write(copyAt(copy), ByteBuffer.wrap(bytes));
            force();
        }
        index = next;
    }

    byte[] read(long offset, int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count);
        while (bytes.hasRemaining()) {
            if (reading.read(bytes, offset + bytes.position()) < 0) {
                throw new IOException(name + ": ends at byte " + (offset + bytes.position()));
            }
        }
        return bytes.array();
    }

    void write(long offset, ByteBuffer bytes) throws IOException {
        long at = offset;
        while (bytes.hasRemaining()) {
            at += writing.write(bytes, at);
        }
    }

    void force() throws IOException {
        writing.force(true);
    }

    /// The bytes of a file.
    public InputStream open(RawEntry entry) {
        return new RawInput(this, entry);
    }

    @Override
    public void close() throws IOException {
        try (FileChannel _ = reading) {
            writing.close();
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
