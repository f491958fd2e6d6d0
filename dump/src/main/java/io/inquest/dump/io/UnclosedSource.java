package io.inquest.dump.io;

import java.io.IOException;
import java.nio.ByteBuffer;

/// A source that somebody else closes: lent to a dump, which would.
public final class UnclosedSource implements ByteSource {

    private final ByteSource source;

    public UnclosedSource(ByteSource source) {
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
    public void close() {}

    @Override
    public String toString() {
        return name();
    }
}
