package io.inquest.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/// Builds flattened streams with records of any size, in any order, written from
/// makedumpfile's `IMPLEMENTATION` alone.
public final class FlattenedBuilder {

    private record Piece(long offset, ByteBuffer bytes) {

        byte[] contents() {
            byte[] contents = new byte[bytes.capacity()];
            bytes.get(0, contents);
            return contents;
        }
    }

    private final List<Piece> records = new ArrayList<>();
    private boolean end = true;

    /// Adds a record.
    public FlattenedBuilder record(long offset, byte[] bytes) {
        records.add(new Piece(offset, ByteBuffer.wrap(bytes)));
        return this;
    }

    /// Adds `file` as records of at most `pieceBytes` bytes.
    public FlattenedBuilder file(byte[] file, int pieceBytes) {
        for (int at = 0; at < file.length; at += pieceBytes) {
            record(at, Arrays.copyOfRange(file, at, Math.min(file.length, at + pieceBytes)));
        }
        return this;
    }

    /// The records so far in the opposite order.
    public FlattenedBuilder reverse() {
        Collections.reverse(records);
        return this;
    }

    /// The records so far in an order that `seed` gives.
    public FlattenedBuilder shuffle(long seed) {
        Collections.shuffle(records, new Random(seed));
        return this;
    }

    public FlattenedBuilder withoutEnd() {
        end = false;
        return this;
    }

    public byte[] build() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ByteBuffer header = ByteBuffer.allocate(4096);
        header.put("makedumpfile".getBytes(StandardCharsets.US_ASCII));
        header.putLong(16, 1).putLong(24, 1);
        all.writeBytes(header.array());
        for (Piece piece : records) {
            all.writeBytes(ByteBuffer.allocate(16)
                    .putLong(piece.offset)
                    .putLong(piece.bytes.capacity())
                    .array());
            all.writeBytes(piece.contents());
        }
        if (end) {
            all.writeBytes(ByteBuffer.allocate(16).putLong(-1).putLong(-1).array());
        }
        return all.toByteArray();
    }
}
