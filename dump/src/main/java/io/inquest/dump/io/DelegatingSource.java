package io.inquest.dump.io;

import java.io.IOException;
import java.nio.ByteBuffer;

/// A source as it is; what shows some of it otherwise overrides what it changes.
public abstract class DelegatingSource implements ByteSource {

    private final ByteSource source;

    protected DelegatingSource(ByteSource source) {
        this.source = source;
    }

    @Override
    public String name() {
        return source.name();
    }

    @Override
    public long size() {
        return source.size();
    }

    @Override
    public int read(long offset, ByteBuffer target) throws IOException {
        return source.read(offset, target);
    }

    @Override
    public long nextData(long offset) {
        return source.nextData(offset);
    }

    @Override
    public long nextHole(long offset) {
        return source.nextHole(offset);
    }

    @Override
    public void close() throws IOException {
        source.close();
    }

    @Override
    public String toString() {
        return name();
    }
}
