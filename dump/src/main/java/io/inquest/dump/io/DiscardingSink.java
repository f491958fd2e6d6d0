package io.inquest.dump.io;

import java.nio.ByteBuffer;

/// Writes nowhere and counts: what a dry run writes to.
public final class DiscardingSink implements ByteSink {

    private final String name;
    private long writtenBytes;

    public DiscardingSink(String name) {
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void write(long offset, ByteBuffer bytes) {
        writtenBytes += bytes.remaining();
        bytes.position(bytes.limit());
    }

    @Override
    public void rewrite(long offset, ByteBuffer bytes) {
        bytes.position(bytes.limit());
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
    public void force() {}

    @Override
    public void close() {}
}
