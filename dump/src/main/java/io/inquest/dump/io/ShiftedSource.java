package io.inquest.dump.io;

import java.io.IOException;
import java.nio.ByteBuffer;

/// A file as it was before bytes were inserted into it, or removed from it: what lies behind the break is read where it
/// is now, by some bytes farther on or less far. Around the break there can be a hole.
public final class ShiftedSource extends DelegatingSource {

    private final long holeStart;
    private final long holeEnd;
    private final long shift;
    private final long size;

    /// `[0, holeStart)` is in place, `[holeStart, holeEnd)` is a hole, and what the file had from `holeEnd` to `size`
    /// on
    /// is `shift` bytes behind that.
    public ShiftedSource(ByteSource source, long holeStart, long holeEnd, long shift, long size) {
        super(source);
        this.holeStart = holeStart;
        this.holeEnd = holeEnd;
        this.shift = shift;
        this.size = size;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public int read(long offset, ByteBuffer target) throws IOException {
        if (offset >= size) {
            return -1;
        }
        long end = offset < holeStart ? holeStart : offset < holeEnd ? holeEnd : size;
        int limit = target.limit();
        target.limit((int) Math.min(limit, target.position() + end - offset));
        try {
            if (offset >= holeStart && offset < holeEnd) {
                int zeros = target.remaining();
                target.put(new byte[zeros]);
                return zeros;
            }
            return super.read(offset < holeStart ? offset : offset + shift, target);
        } finally {
            target.limit(limit);
        }
    }

    @Override
    public long nextData(long offset) {
        long data = offset < holeStart ? super.nextData(offset) : holeStart;
        if (data < holeStart) {
            return data;
        }
        return Math.min(super.nextData(Math.max(offset, holeEnd) + shift) - shift, size);
    }

    @Override
    public long nextHole(long offset) {
        long hole = offset < holeStart ? super.nextHole(offset) : offset;
        boolean isBefore = hole < holeStart;
        boolean isAround = holeStart < holeEnd && hole < holeEnd;
        if (isBefore || isAround) {
            return Math.max(hole, isBefore ? hole : holeStart);
        }
        return Math.min(super.nextHole(Math.max(hole, holeEnd) + shift) - shift, size);
    }
}
