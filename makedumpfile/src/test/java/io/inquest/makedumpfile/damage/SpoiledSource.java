package io.inquest.makedumpfile.damage;

import io.inquest.dump.io.ByteSource;
import java.nio.ByteBuffer;

/// A file in memory with bytes changed, or its end cut off. It gives out so much and no more: a reader that wants
/// its bytes again and again hangs.
final class SpoiledSource implements ByteSource {

    private static final int READS_FOR_EACH_BYTE = 16;
    private static final long LEAST_LIMIT = 256 << 20;

    private final String name;
    private final ByteBuffer bytes;
    private final Spoiling spoiling;
    private long left;

    /// Thrown instead of going on for ever.
    static final class EndlessReading extends Error {

        private static final long serialVersionUID = 1L;

        private EndlessReading(String name) {
            super(name + ": read " + READS_FOR_EACH_BYTE + " times and more");
        }
    }

    SpoiledSource(String name, byte[] file, Spoiling spoiling) {
        this.name = name;
        this.bytes = ByteBuffer.wrap(file, 0, spoiling.kind() == Spoiling.Kind.CUT ? spoiling.offset() : file.length)
                .slice();
        this.spoiling = spoiling;
        this.left = Math.max(LEAST_LIMIT, (long) READS_FOR_EACH_BYTE * file.length);
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
        left -= count + 1;
        if (left < 0) {
            throw new EndlessReading(name);
        }
        int start = target.position();
        target.put(bytes.slice((int) offset, count));
        int first = (int) Math.max(offset, spoiling.offset());
        int end = (int) Math.min(offset + count, (long) spoiling.offset() + spoiling.bytes());
        for (int at = first; at < end; at++) {
            int place = start + at - (int) offset;
            target.put(place, spoiling.spoiled(at, target.get(place)));
        }
        return count;
    }

    @Override
    public void close() {
        // There is nothing to give back.
    }
}
