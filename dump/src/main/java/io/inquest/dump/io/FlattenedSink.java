package io.inquest.dump.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/// Writes at offsets into a stream that cannot seek, such as a pipe: each write becomes a record that says
/// where its bytes belong (the flattened format of makedumpfile; all numbers big-endian).
///
/// | Offset | Size | Field       | Meaning                                                  |
/// |-------:|-----:|-------------|----------------------------------------------------------|
/// |      0 |   16 | `signature` | `makedumpfile`, filled up with NUL                       |
/// |     16 |    8 | `type`      | 1                                                        |
/// |     24 |    8 | `version`   | 1                                                        |
/// |     32 | 4064 |             | zero                                                     |
/// |   4096 |    8 | `offset`    | where the bytes of the first record belong               |
/// |   4104 |    8 | `size`      | how many there are; the bytes follow, then the next record |
///
/// The last record has -1 for both. A stream without it was cut: that is how its reader knows, so writers
/// need no mark of their own ([#showsItsEnd]) and rewrite a header only to say that a finished stream holds
/// less than it promised. A record that was cut, because writing failed in it, is the last thing in the
/// stream.
public final class FlattenedSink implements ByteSink {

    private static final int HEADER_BYTES = 4096;
    private static final long LATEST_TYPE = 1;
    private static final long LATEST_VERSION = 1;
    private static final long END = -1;

    private final String name;
    private final WritableByteChannel channel;
    private final Optional<Path> place;
    private final ByteBuffer recordHeader = ByteBuffer.allocateDirect(2 * Long.BYTES);
    private long writtenBytes;
    private final boolean limited;
    private long streamBytesLeft;
    private boolean ended;

    /// Sends the header of the format at once. Closes `channel` when it is closed.
    public FlattenedSink(String name, WritableByteChannel channel) throws IOException {
        this(name, channel, Long.MAX_VALUE);
    }

    /// As the other constructor, for a stream of at most `mostBytes` bytes in all; then there is no space
    /// left.
    public FlattenedSink(String name, WritableByteChannel channel, long mostBytes) throws IOException {
        this(name, channel, mostBytes, Optional.empty());
    }

    /// As the other constructors, with a path that leads to what `channel` does, if one is known: so it can
    /// tell how much room there is.
    public FlattenedSink(String name, WritableByteChannel channel, long mostBytes, Optional<Path> place)
            throws IOException {
        this.name = name;
        this.channel = channel;
        this.place = place;
        this.limited = mostBytes < Long.MAX_VALUE;
        this.streamBytesLeft = mostBytes;
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
        header.put("makedumpfile".getBytes(StandardCharsets.US_ASCII));
        header.putLong(16, LATEST_TYPE).putLong(24, LATEST_VERSION).position(0);
        send(header);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void write(long offset, ByteBuffer bytes) throws IOException {
        int size = bytes.remaining();
        if (size > 0) {
            rewrite(offset, bytes);
            writtenBytes += size;
        }
    }

    /// Sends another record for the same place; the last one wins.
    @Override
    public void rewrite(long offset, ByteBuffer bytes) throws IOException {
        sendHeader(offset, bytes.remaining());
        send(bytes);
    }

    private void sendHeader(long offset, long size) throws IOException {
        recordHeader.clear().putLong(offset).putLong(size).flip();
        send(recordHeader);
    }

    private void send(ByteBuffer bytes) throws IOException {
        if (ended) {
            throw new IOException(name + ": nothing can follow in a stream where writing failed");
        }
        ended = true;
        sendAll(bytes);
        ended = false;
    }

    private void sendAll(ByteBuffer bytes) throws IOException {
        int end = bytes.limit();
        boolean fits = bytes.remaining() <= streamBytesLeft;
        if (!fits) {
            bytes.limit(bytes.position() + (int) streamBytesLeft);
        }
        streamBytesLeft -= bytes.remaining();
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw DiskFull.translate(name, e);
        }
        if (!fits) {
            bytes.limit(end);
            throw new NoSpaceException(name + ": the size limit is reached.");
        }
    }

    /// Bytes of records, without the format's own headers.
    @Override
    public long writtenBytes() {
        return writtenBytes;
    }

    @Override
    public void finish() throws IOException {
        sendHeader(END, END);
    }

    @Override
    public boolean showsItsEnd() {
        return true;
    }

    /// What has been sent decides, not `offset`; headers of records are not counted.
    @Override
    public OptionalLong room(long offset) throws IOException {
        OptionalLong stored = OptionalLong.empty();
        if (place.isPresent() && channel instanceof FileChannel file) {
            stored = FileType.of(place.get()).room(place.get(), file, isDurable() ? file.position() : 0);
        }
        return limited ? OptionalLong.of(Math.min(stored.orElse(streamBytesLeft), streamBytesLeft)) : stored;
    }

    /// Whether the stream is stored in a file or on a disk. A pipe has no size, and nothing that could be
    /// made durable.
    public boolean isDurable() throws IOException {
        return channel instanceof FileChannel file && file.size() > 0;
    }

    @Override
    public void force() throws IOException {
        if (isDurable()) {
            try {
                ((FileChannel) channel).force(true);
            } catch (IOException e) {
                throw DiskFull.translate(name, e);
            }
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
