package io.inquest.dump;

import io.inquest.dump.io.ByteSource;
import io.inquest.dump.io.MemorySource;
import java.nio.ByteBuffer;

/// Bytes whose number is not known beforehand, as of a character device or a file of `/proc`.
public final class EndlessSource implements ByteSource {

    private final MemorySource bytes;

    public EndlessSource(byte[] bytes) {
        this.bytes = new MemorySource("endless", bytes);
    }

    @Override
    public String name() {
        return bytes.name();
    }

    @Override
    public long size() {
        return Long.MAX_VALUE;
    }

    @Override
    public int read(long offset, ByteBuffer target) {
        return bytes.read(offset, target);
    }

    @Override
    public void close() {
        bytes.close();
    }
}
