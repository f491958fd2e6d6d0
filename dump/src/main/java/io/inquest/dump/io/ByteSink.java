package io.inquest.dump.io;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;

/// Bytes that can be written at any offset: a file, a flattened stream, or nowhere.
///
/// What is never written reads as zero. One thread at a time.
public interface ByteSink extends Closeable {

    /// What messages call this sink, such as the file's path.
    String name();

    /// Writes all remaining bytes of `bytes` at `offset`; its position ends at its limit.
    ///
    /// Throws a [NoSpaceException] when the disk is full or a size limit is reached; as many bytes as
    /// fit are there.
    void write(long offset, ByteBuffer bytes) throws IOException;

    /// Writes bytes where bytes were written before. Needs no space and is neither limited nor counted, so
    /// that a header can be corrected when nothing else can be written any more.
    void rewrite(long offset, ByteBuffer bytes) throws IOException;

    /// Number of bytes written so far, without rewritten ones; the report's "Write bytes".
    long writtenBytes();

    /// Tells the sink that nothing follows. A stream says so to its reader; a file has nothing to do.
    void finish() throws IOException;

    /// Whether its reader can tell that [#finish] was never called, as a stream's reader can. Writers mark
    /// their output as unfinished in all other sinks from the first byte on, and take the mark back at the
    /// end.
    boolean showsItsEnd();

    /// What the target still has to do with what was written; empty where it keeps the writer waiting for
    /// as long as it takes, or where nobody knows.
    default Optional<Backlog> backlog() {
        return Optional.empty();
    }

    /// How many bytes more can be written from `offset` on, if nothing lies behind it; empty where nobody
    /// knows, as of a pipe.
    default OptionalLong room(long offset) throws IOException {
        return OptionalLong.empty();
    }

    /// Makes all that was written durable, where the sink has something durable behind it.
    void force() throws IOException;
}
