package io.inquest.dump.flattened;

import io.inquest.dump.flattened.FlattenedException.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/// Reads a flattened stream once, from begin to end, as it comes out of a pipe.
///
/// Behind the start header come records, big endian on every machine:
///
/// | Offset | Size   | Field    | Meaning                                |
/// |-------:|-------:|----------|----------------------------------------|
/// |      0 |      8 | `offset` | where in the dump the bytes belong     |
/// |      8 |      8 | `size`   | their number                           |
/// |     16 | `size` |          | the bytes                              |
///
/// A record with offset and size -1 ends the stream. Records come in any order and may overlap: the last one wins,
/// and what none covers is zero.
public final class FlattenedStream {

    static final int RECORD_HEADER_BYTES = 16;

    private static final int PIECE_BYTES = 64 << 10;

    /// Takes what the records of a stream hold.
    @FunctionalInterface
    public interface Receiver {

        /// Some bytes of the dump, to be used before returning. A large record comes in several pieces.
        void receive(long offset, ByteBuffer bytes) throws IOException;
    }

    private final String name;
    private final InputStream input;
    private final byte[] buffer = new byte[PIECE_BYTES];
    private long position;

    private FlattenedStream(String name, InputStream input) {
        this.name = name;
        this.input = input;
    }

    /// Gives the contents of all records of `input` to `receiver`, in the order of the stream, up to the end record.
    ///
    /// `name` is what messages call the stream. A stream that ends before its end record is an error, told as soon
    /// as it ends: what was there has been given to the receiver.
    public static void read(String name, InputStream input, Receiver receiver) throws IOException {
        FlattenedStream stream = new FlattenedStream(name, input);
        stream.readStartHeader();
        while (stream.readRecord(receiver)) {
            // Each record is given on as it comes.
        }
    }

    private void readStartHeader() throws IOException {
        int length = fill(StartHeader.BYTES);
        FlattenedException problem = StartHeader.problem(name, ByteBuffer.wrap(buffer, 0, length));
        if (problem != null) {
            throw problem;
        }
    }

    private boolean readRecord(Receiver receiver) throws IOException {
        long at = position;
        if (fill(RECORD_HEADER_BYTES) < RECORD_HEADER_BYTES) {
            throw new FlattenedException(
                    Problem.END, name + ": the flattened stream ends at byte " + position + " without an end record");
        }
        ByteBuffer header = ByteBuffer.wrap(buffer);
        long offset = header.getLong(0);
        long size = header.getLong(8);
        if (offset == -1 && size == -1) {
            return false;
        }
        if (offset < 0 || size < 0 || offset > Long.MAX_VALUE - size) {
            throw new FlattenedException(
                    Problem.RECORD,
                    name + ": the record at byte " + at + " of the flattened stream is damaged (offset " + offset
                            + ", size " + size + ")");
        }
        for (long done = 0; done < size; ) {
            int length = (int) Math.min(buffer.length, size - done);
            int filled = fill(length);
            if (filled > 0) {
                receiver.receive(offset + done, ByteBuffer.wrap(buffer, 0, filled));
            }
            if (filled < length) {
                throw new FlattenedException(
                        Problem.END,
                        name + ": the flattened stream ends at byte " + position + " inside a record of " + size
                                + " bytes");
            }
            done += length;
        }
        return true;
    }

    /// Fills the first `length` bytes of the buffer, or as many as there are.
    private int fill(int length) throws IOException {
        int filled = input.readNBytes(buffer, 0, length);
        position += filled;
        return filled;
    }
}
