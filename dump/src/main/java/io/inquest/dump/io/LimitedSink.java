package io.inquest.dump.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.OptionalLong;

/// Lets another sink grow up to a number of bytes and then says that there is no space, as a full disk would.
///
/// Holes count, as they do in the size of a file: the bytes behind the limit are what is refused.
public final class LimitedSink extends DelegatingSink {

    private final long limit;

    /// Closes `sink` when it is closed.
    public LimitedSink(ByteSink sink, long limit) {
        super(sink);
        this.limit = limit;
    }

    @Override
    public OptionalLong room(long offset) throws IOException {
        long mine = Math.max(limit - offset, 0);
        return OptionalLong.of(Math.min(super.room(offset).orElse(mine), mine));
    }

    @Override
    public void write(long offset, ByteBuffer bytes) throws IOException {
        if (bytes.remaining() <= limit - offset) {
            super.write(offset, bytes);
            return;
        }
        if (offset < limit) {
            int end = bytes.limit();
            bytes.limit(bytes.position() + (int) (limit - offset));
            try {
                super.write(offset, bytes);
            } finally {
                bytes.limit(end);
            }
        }
        throw new NoSpaceException(name() + ": Size limit(" + limit + ") reached.");
    }
}
