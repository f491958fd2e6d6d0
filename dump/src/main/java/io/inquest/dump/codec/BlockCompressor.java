package io.inquest.dump.codec;

/// Compresses one block of bytes after another, each on its own. Keeps state for reuse: one per thread.
public interface BlockCompressor extends AutoCloseable {

    Compression compression();

    /// Compresses `length` bytes of `source` from `sourceOffset` into `target` from `targetOffset`.
    ///
    /// Returns the compressed size in bytes, or -1 if it would be more than `targetLimit` bytes. Never writes
    /// behind `targetOffset + targetLimit`.
    int compress(byte[] source, int sourceOffset, int length, byte[] target, int targetOffset, int targetLimit);

    @Override
    void close();
}
