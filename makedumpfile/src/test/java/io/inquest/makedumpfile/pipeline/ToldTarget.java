package io.inquest.makedumpfile.pipeline;

import io.inquest.dump.io.Backlog;
import io.inquest.dump.io.ByteSink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.Optional;

/// A sink that is as busy as a test says.
record ToldTarget(ByteSink sink, Iterator<Backlog> backlogs) implements ByteSink {

    @Override
    public Optional<Backlog> backlog() {
        return Optional.of(backlogs.next());
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
    public void force() throws IOException {
        sink.force();
    }

    @Override
    public void close() throws IOException {
        sink.close();
    }
}
