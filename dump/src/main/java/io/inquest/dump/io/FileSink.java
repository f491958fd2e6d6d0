package io.inquest.dump.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;

/// A file or block device written at offsets. What is never written is a hole, so a file is as sparse
/// as its writer.
public final class FileSink implements ByteSink {

    /// A dump holds the secrets of a whole machine: only its owner may read it.
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY = PosixFilePermissions.asFileAttribute(
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));

    private final String name;
    private final FileChannel channel;
    private long writtenBytes;

    private FileSink(Path path, FileChannel channel) {
        this.name = path.toString();
        this.channel = channel;
    }

    /// Makes a new file that only its owner may read. Throws a [FileAlreadyExistsException] if there is one.
    public static FileSink create(Path path) throws IOException {
        return open(path, StandardOpenOption.CREATE_NEW);
    }

    /// Makes a new file, or empties the one that is there and keeps its owner and mode.
    public static FileSink overwrite(Path path) throws IOException {
        return open(path, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
    }

    private static FileSink open(Path path, OpenOption... how) throws IOException {
        Set<OpenOption> options = new HashSet<>(Set.of(how));
        options.add(StandardOpenOption.WRITE);
        return new FileSink(path, FileChannel.open(path, options, OWNER_ONLY));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void write(long offset, ByteBuffer bytes) throws IOException {
        int start = bytes.position();
        try {
            rewrite(offset, bytes);
        } finally {
            writtenBytes += bytes.position() - start;
        }
    }

    @Override
    public void rewrite(long offset, ByteBuffer bytes) throws IOException {
        long at = offset;
        try {
            while (bytes.hasRemaining()) {
                at += channel.write(bytes, at);
            }
        } catch (IOException e) {
            throw DiskFull.translate(name, e);
        }
    }

    @Override
    public long writtenBytes() {
        return writtenBytes;
    }

    @Override
    public void finish() {}

    @Override
    public boolean showsItsEnd() {
        return false;
    }

    @Override
    public void force() throws IOException {
        try {
            channel.force(true);
        } catch (IOException e) {
            throw DiskFull.translate(name, e);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
