package io.inquest.dump.codec;

/// Expands one block after another. Keeps state for reuse: one per thread.
public interface BlockDecompressor extends AutoCloseable {

    Compression compression();

    /// Expands `length` bytes of `source` from `sourceOffset` into `target` from `targetOffset`.
    ///
    /// Returns the number of bytes produced, at most `targetLimit`. Throws [MalformedBlockException] for anything
    /// that is not a whole valid block, or that would give more than `targetLimit` bytes; it never reads or writes
    /// outside the given ranges, whatever the input.
    int decompress(byte[] source, int sourceOffset, int length, byte[] target, int targetOffset, int targetLimit)
            throws MalformedBlockException;

    @Override
    void close();
}
