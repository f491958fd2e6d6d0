package io.inquest.capture.collect;

import io.inquest.capture.journal.ProgressLines;
import io.inquest.capture.storage.DumpOutput;
import io.inquest.capture.storage.Sha256;
import io.inquest.dump.io.ByteSource;
import io.inquest.dump.io.DiskFull;
import io.inquest.dump.io.FileSink;
import io.inquest.dump.io.FileSource;
import io.inquest.dump.io.NoSpaceException;
import io.inquest.makedumpfile.MadeDump.Ending;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;

/// Copies a file of memory byte by byte: what nothing can keep from working that does not keep all from working.
///
/// Blocks of zeros become holes of a file. What cannot be read becomes zeros, and is counted.
final class MemoryCopy {

    private static final int BLOCK_BYTES = 1 << 20;
    private static final int PAGE_BYTES = 1 << 12;
    private static final byte[] ZEROS = new byte[BLOCK_BYTES];

    private final ByteSource source;
    private final BlockWriter out;
    private final MessageDigest digest = Sha256.begin();
    private final byte[] block = new byte[BLOCK_BYTES];
    private long lostPages;

    /// Writes the first bytes of a block to their place, which is behind the block before.
    @FunctionalInterface
    private interface BlockWriter {
        void write(long offset, byte[] block, int count) throws IOException;
    }

    private MemoryCopy(ByteSource source, BlockWriter out) {
        this.source = source;
        this.out = out;
    }

    static Made copy(String vmcore, DumpOutput output, ProgressLines progress) {
        try (FileSource source = FileSource.open(Path.of(vmcore))) {
            return copy(source, output, progress);
        } catch (IOException failure) {
            return Made.of(Ending.FAILED, String.valueOf(failure.getMessage()));
        }
    }

    static Made copy(ByteSource source, DumpOutput output, ProgressLines progress) {
        try {
            return switch (output) {
                case DumpOutput.ToFile(var path) -> toFile(source, path, progress);
                case DumpOutput.ToStream(var stream) ->
                    new MemoryCopy(source, (_, bytes, count) -> stream.write(bytes, 0, count)).run(progress);
            };
        } catch (IOException failure) {
            boolean full = DiskFull.translate("the target", failure) instanceof NoSpaceException;
            return Made.of(full ? Ending.FULL : Ending.FAILED, String.valueOf(failure.getMessage()));
        }
    }

    private static Made toFile(ByteSource source, Path path, ProgressLines progress) throws IOException {
        try (FileSink sink = FileSink.create(path)) {
            BlockWriter writer = (offset, bytes, count) -> {
                // The last block is written whatever it holds, so that the file is as long as it must be.
                if (offset + count >= source.size() || !isZero(bytes, count)) {
                    sink.write(offset, ByteBuffer.wrap(bytes, 0, count));
                }
            };
            Made made = new MemoryCopy(source, writer).run(progress);
            sink.force();
            return made;
        }
    }

    private Made run(ProgressLines progress) throws IOException {
        long size = source.size();
        if (size == Long.MAX_VALUE) {
            throw new IOException(source.name() + ": does not tell its size, so nobody knows where a copy ends");
        }
        for (long offset = 0; offset < size; offset += BLOCK_BYTES) {
            int count = (int) Math.min(BLOCK_BYTES, size - offset);
            fill(offset, count);
            digest.update(block, 0, count);
            out.write(offset, block, count);
            progress.update(offset + count, size);
        }
        Made made = lostPages == 0
                ? Made.of(Ending.COMPLETE, "")
                : Made.of(Ending.LACKING, lostPages + " pages could not be read, and are zeros in the copy");
        return new Made(made.dump(), Optional.of(Sha256.end(digest)));
    }

    private void fill(long offset, int count) {
        try {
            read(offset, 0, count);
        } catch (IOException unreadable) {
            fillByPages(offset, count);
        }
    }

    /// What lies around a page that cannot be read can.
    private void fillByPages(long offset, int count) {
        for (int at = 0; at < count; at += PAGE_BYTES) {
            int some = Math.min(PAGE_BYTES, count - at);
            try {
                read(offset, at, some);
            } catch (IOException unreadable) {
                lostPages++;
                Arrays.fill(block, at, at + some, (byte) 0);
            }
        }
    }

    /// Reads a part of the block at `offset`.
    private void read(long offset, int from, int count) throws IOException {
        ByteBuffer part = ByteBuffer.wrap(block, from, count);
        while (part.hasRemaining()) {
            if (source.read(offset + part.position(), part) <= 0) {
                throw new IOException(source.name() + ": ends at byte " + (offset + part.position()));
            }
        }
    }

    private static boolean isZero(byte[] bytes, int count) {
        return Arrays.mismatch(bytes, 0, count, ZEROS, 0, count) < 0;
    }
}
