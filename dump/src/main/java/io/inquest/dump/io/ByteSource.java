package io.inquest.dump.io;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;

/// Bytes that can be read at any position: a file, a flattened stream, one part of a split set, bytes in memory.
///
/// Reading moves no cursor, so one source may serve many threads at once. Whoever opens a source closes it.
public interface ByteSource extends Closeable {

    /// What messages call this source, such as the file's path.
    String name();

    /// Length in bytes.
    long size();

    /// Reads up to `target.remaining()` bytes at `offset` and advances the position of `target` by as many.
    ///
    /// Returns the number of bytes read, at least 1, or -1 if `offset` is at or behind the end. Short reads are
    /// allowed; [#readFully] hides them.
    int read(long offset, ByteBuffer target) throws IOException;

    /// The first offset at or behind `offset`, which is not negative, whose byte the source really has, as `SEEK_DATA`
    /// of `lseek(2)` has it; [#size] if there is none. The others, in holes, read as zeros that nobody wrote.
    default long nextData(long offset) {
        return Math.min(offset, size());
    }

    /// The first offset at or behind `offset`, which is not negative, that is in a hole, as `SEEK_HOLE` of `lseek(2)`
    /// has it; [#size] if there is none.
    default long nextHole(long offset) {
        return size();
    }

    /// Whether the source really has all of `[offset, offset + length)`: it neither ends before that nor has a hole
    /// there.
    default boolean covers(long offset, long length) {
        if (offset < 0 || length < 0 || length > size() - offset) {
            return false;
        }
        return length == 0 || (nextData(offset) == offset && nextHole(offset) >= offset + length);
    }

    /// Fills all of `target` from `offset`, or throws an [EOFException] that names the source and the byte.
    default void readFully(long offset, ByteBuffer target) throws IOException {
        long at = offset;
        while (target.hasRemaining()) {
            int n = read(at, target);
            if (n < 0) {
                throw new EOFException(name() + ": ends at byte " + size() + ", but byte "
                        + Long.toUnsignedString(at + target.remaining() - 1) + " is needed");
            }
            at += n;
        }
    }
}
