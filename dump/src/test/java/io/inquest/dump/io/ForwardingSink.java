package io.inquest.dump.io;

import java.io.IOException;
import java.nio.ByteBuffer;

/// Another sink, where a test does not say otherwise.
class ForwardingSink implements ByteSink {

    private final ByteSink sink;

    ForwardingSink(ByteSink sink) {
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
    public void force() throws IOException {
        sink.force();
    }

    @Override
    public void close() throws IOException {
        sink.close();
    }
}
