package io.inquest.dump.io;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// A file in memory that takes a given number of bytes and then is full, as a disk can be in the middle
/// of a write.
public final class MemorySink implements ByteSink {

    private byte[] contents = new byte[0];
    private long bytesLeft;
    private long writtenBytes;
    private boolean finished;

    public MemorySink() {
        this(Long.MAX_VALUE);
    }

    /// Full after `room` bytes; rewriting needs no room.
    public MemorySink(long room) {
        this.bytesLeft = room;
    }

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public void write(long offset, ByteBuffer bytes) throws NoSpaceException {
        int size = (int) Math.min(bytes.remaining(), bytesLeft);
        boolean full = size < bytes.remaining();
        put(offset, bytes, size);
        bytesLeft -= size;
        writtenBytes += size;
        if (full) {
            throw new NoSpaceException("memory: No space left on device");
        }
    }

    @Override
    public void rewrite(long offset, ByteBuffer bytes) {
        put(offset, bytes, bytes.remaining());
    }

    private void put(long offset, ByteBuffer bytes, int size) {
        if (size > 0) {
            int end = Math.toIntExact(offset + size);
            contents = end > contents.length ? Arrays.copyOf(contents, end) : contents;
            bytes.get(contents, (int) offset, size);
        }
    }

    @Override
    public long writtenBytes() {
        return writtenBytes;
    }

    @Override
    public void finish() {
        finished = true;
    }

    public boolean isFinished() {
        return finished;
    }

    @Override
    public boolean showsItsEnd() {
        return false;
    }

    @Override
    public void force() {}

    @Override
    public void close() {}

    /// What the file holds now.
    public byte[] contents() {
        return contents.clone();
    }

    public ByteSource source() {
        return new MemorySource("memory", contents());
    }
}
