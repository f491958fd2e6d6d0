package io.inquest.dump.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/// A file or block device written at offsets. What is never written is a hole, so a file is as sparse
/// as its writer.
public final class FileSink implements ByteSink {

    private final String name;
    private final FileChannel channel;
    private long writtenBytes;

    private FileSink(Path path, FileChannel channel) {
        this.name = path.toString();
        this.channel = channel;
    }

    /// Makes a new file as [OwnerFile#create] does.
    public static FileSink create(Path path) throws IOException {
        return new FileSink(path, OwnerFile.create(path));
    }

    /// Makes a new file instead of the one that is there, or writes to a device, as [OwnerFile#replace] does.
    public static FileSink overwrite(Path path) throws IOException {
        return new FileSink(path, OwnerFile.replace(path));
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
