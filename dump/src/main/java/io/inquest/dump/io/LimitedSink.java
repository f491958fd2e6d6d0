package io.inquest.dump.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/// Lets another sink grow up to a number of bytes and then says that there is no space, as a full disk would.
///
/// Holes count, as they do in the size of a file: the bytes behind the limit are what is refused.
public final class LimitedSink implements ByteSink {

    private final ByteSink sink;
    private final long limit;

    /// Closes `sink` when it is closed.
    public LimitedSink(ByteSink sink, long limit) {
        this.sink = sink;
        this.limit = limit;
    }

    @Override
    public String name() {
        return sink.name();
    }

    @Override
    public void write(long offset, ByteBuffer bytes) throws IOException {
        if (bytes.remaining() <= limit - offset) {
            sink.write(offset, bytes);
            return;
        }
        if (offset < limit) {
            int end = bytes.limit();
            bytes.limit(bytes.position() + (int) (limit - offset));
            try {
                sink.write(offset, bytes);
            } finally {
                bytes.limit(end);
            }
        }
        throw new NoSpaceException(name() + ": Size limit(" + limit + ") reached.");
    }

    @Override
    public void rewrite(long offset, ByteBuffer bytes) throws IOException {
        sink.rewrite(offset, bytes);
    }

    @Override
    public long writtenBytes() {
        return sink.writtenBytes();
    }

    @Override
    public void finish() throws IOException {
        sink.finish();
    }

    @Override
    public boolean showsItsEnd() {
        return sink.showsItsEnd();
    }

    @Override
    public Optional<Backlog> backlog() {
        return sink.backlog();
    }

    @Override
    public void force() throws IOException {
        sink.force();
    }

    @Override
    public void close() throws IOException {
        sink.close();
    }
}
