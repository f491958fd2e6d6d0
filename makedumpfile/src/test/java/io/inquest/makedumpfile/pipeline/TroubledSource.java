package io.inquest.makedumpfile.pipeline;

import io.inquest.dump.io.ByteSource;
import io.inquest.dump.io.DelegatingSource;
import java.io.IOException;
import java.nio.ByteBuffer;

/// A source that something happens to before each read: it may wait, refuse the read, or make it shorter.
final class TroubledSource extends DelegatingSource {

    private final Trouble trouble;

    /// What happens before a read.
    @FunctionalInterface
    interface Trouble {

        /// How many of the `wanted` bytes at `offset` are given: at least 1, or -1 for the end of the file.
        int allows(long offset, int wanted) throws IOException;
    }

    TroubledSource(ByteSource source, Trouble trouble) {
        super(source);
        this.trouble = trouble;
    }

    @Override
    public int read(long offset, ByteBuffer target) throws IOException {
        int allowed = trouble.allows(offset, target.remaining());
        if (allowed < 0) {
            return -1;
        }
        int end = target.limit();
        target.limit(target.position() + allowed);
        try {
            return super.read(offset, target);
        } finally {
            target.limit(end);
        }
    }
}
