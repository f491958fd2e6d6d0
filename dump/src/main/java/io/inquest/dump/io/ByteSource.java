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
