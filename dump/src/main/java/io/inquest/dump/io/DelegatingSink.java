package io.inquest.dump.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;

/// A sink as it is; what writes to it otherwise overrides what it changes. Closes it when it is closed.
public abstract class DelegatingSink implements ByteSink {

    private final ByteSink sink;

    protected DelegatingSink(ByteSink sink) {
        this.sink = sink;
    }

    @Override
    public String name() {
        return sink.name();
    }

    @Override
    public void write(long offset, ByteBuffer bytes) throws IOException {
        sink.write(offset, bytes);
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
    public OptionalLong room(long offset) throws IOException {
        return sink.room(offset);
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
