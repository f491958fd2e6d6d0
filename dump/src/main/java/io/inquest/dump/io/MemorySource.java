package io.inquest.dump.io;

import java.nio.ByteBuffer;

/// Bytes that are in memory already.
public final class MemorySource implements ByteSource {

    private final String name;
    private final ByteBuffer bytes;

    /// The remaining bytes of `bytes`, which must not change while the source is in use.
    public MemorySource(String name, ByteBuffer bytes) {
        this.name = name;
        this.bytes = bytes.slice().asReadOnlyBuffer();
    }

    public MemorySource(String name, byte[] bytes) {
        this(name, ByteBuffer.wrap(bytes));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long size() {
        return bytes.capacity();
    }

    @Override
    public int read(long offset, ByteBuffer target) {
        if (offset < 0 || offset >= size()) {
            return -1;
        }
        int count = (int) Math.min(target.remaining(), size() - offset);
        target.put(bytes.slice((int) offset, count));
        return count;
    }

    @Override
    public void close() {
        // There is nothing to give back.
    }

    @Override
    public String toString() {
        return name;
    }
}
