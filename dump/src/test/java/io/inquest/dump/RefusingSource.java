package io.inquest.dump;

import io.inquest.dump.io.DelegatingSource;
import io.inquest.dump.io.MemorySource;
import java.io.IOException;
import java.nio.ByteBuffer;

/// Bytes of which some cannot be read, as on a disk with bad sectors, or in `/proc/vmcore` of a machine with broken
/// memory: whoever asks for one of them gets nothing at all.
public final class RefusingSource extends DelegatingSource {

    private final long[] refused;

    public RefusingSource(byte[] bytes, long... refused) {
        super(new MemorySource("refusing", bytes));
        this.refused = refused.clone();
    }

    @Override
    public int read(long offset, ByteBuffer target) throws IOException {
        for (long at : refused) {
            if (at >= offset && at < offset + target.remaining()) {
                throw new IOException(name() + ": Input/output error");
            }
        }
        return super.read(offset, target);
    }
}
