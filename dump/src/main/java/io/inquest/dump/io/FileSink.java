package io.inquest.dump.io;

import io.inquest.dump.DumpException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/// A file or block device written at offsets. What is never written is a hole, so a file is as sparse
/// as its writer.
public final class FileSink implements ByteSink {

    private final Path path;
    private final String name;
    private final FileChannel channel;
    private final FileType type;
    private long writtenBytes;

    private FileSink(Path path, FileChannel channel, FileType type) {
        this.path = path;
        this.name = path.toString();
        this.channel = channel;
        this.type = type;
    }

    /// Closes `channel` if nobody can tell what it leads to.
    private static FileSink of(Path path, FileChannel channel) throws IOException {
        try {
            return new FileSink(path, channel, FileType.of(path));
        } catch (IOException | RuntimeException failure) {
            try {
                channel.close();
            } catch (IOException alsoFailed) {
                failure.addSuppressed(alsoFailed);
            }
            throw failure;
        }
    }

    /// Makes a new file as [OwnerFile#create] does.
    public static FileSink create(Path path) throws IOException {
        return of(path, OwnerFile.create(path));
    }

    /// Makes a new file instead of the one that is there, or writes to a device, as [OwnerFile#replace] does.
    /// Refuses a pipe, which cannot be written at offsets.
    public static FileSink overwrite(Path path) throws IOException {
        checkIsNoPipe(path);
        return of(path, OwnerFile.replace(path));
    }

    /// Throws what [#overwrite] would for what has that name now, and touches nothing.
    public static void checkMayOverwrite(Path path) throws IOException {
        OwnerFile.checkMayReplace(path);
        checkIsNoPipe(path);
    }

    /// As [#overwrite], for one who writes from begin to end and nothing twice: then it may be a pipe.
    public static FileSink overwriteInOrder(Path path) throws IOException {
        return of(path, OwnerFile.replace(path));
    }

    private static void checkIsNoPipe(Path path) throws IOException {
        if (Files.exists(path) && FileType.of(path) == FileType.FIFO) {
            throw new DumpException(path + ": is a pipe, and what is to be written cannot go into one from begin to"
                    + " end; a flattened stream can (makedumpfile -F, inquest dump convert --to flattened-kdump)");
        }
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
                at += type == FileType.FIFO ? channel.write(bytes) : channel.write(bytes, at);
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

    /// Whether it has something to [#force]: a file or a disk does.
    public boolean isDurable() {
        return type.canBeForced();
    }

    @Override
    public OptionalLong room(long offset) throws IOException {
        return type.room(path, channel, offset);
    }

    @Override
    public void force() throws IOException {
        if (!type.canBeForced()) {
            return;
        }
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
