package io.inquest.capture.act;

import io.inquest.dump.io.ByteSource;
import io.inquest.dump.io.DelegatingSource;
import java.io.IOException;
import java.nio.ByteBuffer;

/// Memory that can be taken away from who reads it: a thread cannot be ended, but one that computes reads.
final class StoppableSource extends DelegatingSource {

    private volatile boolean stopped;

    StoppableSource(ByteSource source) {
        super(source);
    }

    void stop() {
        stopped = true;
    }

    @Override
    public int read(long offset, ByteBuffer target) throws IOException {
        if (stopped) {
            throw new IOException("no longer to be read");
        }
        return super.read(offset, target);
    }
}
