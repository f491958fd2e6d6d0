package io.inquest.dump;

import io.inquest.dump.io.ByteSource;
import io.inquest.dump.io.MemorySource;
import java.io.IOException;
import java.nio.ByteBuffer;

/// Bytes of which some cannot be read, as on a disk with bad sectors, or in `/proc/vmcore` of a machine with broken
/// memory: whoever asks for one of them gets nothing at all.
public final class RefusingSource implements ByteSource {

    private final MemorySource bytes;
    private final long[] refused;

    public RefusingSource(byte[] bytes, long... refused) {
        this.bytes = new MemorySource("refusing", bytes);
        this.refused = refused.clone();
    }

    @Override
    public String name() {
        return bytes.name();
    }

    @Override
    public long size() {
        return bytes.size();
    }

    @Override
    public int read(long offset, ByteBuffer target) throws IOException {
        for (long at : refused) {
            if (at >= offset && at < offset + target.remaining()) {
                throw new IOException(name() + ": Input/output error");
            }
        }
        return bytes.read(offset, target);
    }

    @Override
    public void close() {
        bytes.close();
    }
}
