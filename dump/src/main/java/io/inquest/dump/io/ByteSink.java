package io.inquest.dump.io;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/// Bytes that can be written at any offset: a file, a flattened stream, or nowhere.
///
/// What is never written reads as zero. One thread at a time.
public interface ByteSink extends Closeable {

    /// What messages call this sink, such as the file's path.
    String name();

    /// Writes all remaining bytes of `bytes` at `offset`; its position ends at its limit.
    ///
    /// Throws a [NoSpaceException] when the disk is full or a size limit is reached.
    void write(long offset, ByteBuffer bytes) throws IOException;

    /// Number of bytes written so far, rewritten ones counted again; the report's "Write bytes".
    long writtenBytes();

    /// Makes all that was written durable, where the sink has something durable behind it.
    void force() throws IOException;
}
