package io.inquest.dump.io;

import io.inquest.dump.DumpException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A file, a block or character device, or a file of `/proc`, read at positions.
///
/// Files of `/proc` and character devices may say that they are empty and yet have bytes; their size is
/// then taken to be [Long#MAX_VALUE], and reading tells where they end.
public final class FileSource implements ByteSource {

    /// The JDK copies reads into heap buffers through a direct one of the same size; this bounds it.
    private static final int HEAP_READ_BYTES = 1 << 20;

    private final Path path;
    private final FileChannel channel;
    private final long size;

    private FileSource(Path path, FileChannel channel, long size) {
        this.path = path;
        this.channel = channel;
        this.size = size;
    }

    /// Opens a file, which becomes one of the [InputFiles]. Refuses what has no places to read at: a pipe, for
    /// whose writer this does not wait, and a terminal.
    public static FileSource open(Path path) throws IOException {
        FileType type = FileType.of(path);
        if (type == FileType.FIFO) {
            throw withoutPlaces(path, "a pipe");
        }
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
        InputFiles.add(path);
        try {
            return new FileSource(path, channel, measure(path, channel, type));
        } catch (IOException | RuntimeException failure) {
            try {
                channel.close();
            } catch (IOException alsoFailed) {
                failure.addSuppressed(alsoFailed);
            }
            throw failure;
        }
    }

    private static long measure(Path path, FileChannel channel, FileType type) throws IOException {
        long size = channel.size();
        if (size > 0) {
            return size;
        }
        try {
            return channel.read(ByteBuffer.allocate(1), 0) > 0 ? Long.MAX_VALUE : 0;
        } catch (IOException refused) {
            throw type == FileType.CHARACTER_DEVICE ? withoutPlaces(path, "a terminal or the like") : refused;
        }
    }

    private static DumpException withoutPlaces(Path path, String what) {
        return new DumpException(path + ": is " + what + ", and a dump is read here and there, as only a file can be;"
                + " save it to a file first (a flattened stream: makedumpfile -R FILE)");
    }

    public Path path() {
        return path;
    }

    @Override
    public String name() {
        return path.toString();
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public int read(long offset, ByteBuffer target) throws IOException {
        if (offset < 0 || offset >= size) {
            return -1;
        }
        int limit = target.limit();
        if (!target.isDirect() && target.remaining() > HEAP_READ_BYTES) {
            target.limit(target.position() + HEAP_READ_BYTES);
        }
        try {
            return channel.read(target, offset);
        } catch (ClosedChannelException closed) {
            throw closed;
        } catch (IOException refused) {
            throw new IOException(name() + ": byte " + offset + " cannot be read: " + refused.getMessage(), refused);
        } finally {
            target.limit(limit);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    @Override
    public String toString() {
        return name();
    }
}
