package io.inquest.testkit;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// An area of ELF notes: name and description sizes, type, name and description, each padded to 4 bytes.
final class NoteBytes {

    private NoteBytes() {}

    /// One note with its padding.
    static byte[] of(ByteOrder order, String name, int type, byte[] description) {
        byte[] nameBytes = (name + "\0").getBytes(StandardCharsets.ISO_8859_1);
        ByteBuffer note = ByteBuffer.allocate(12 + padded(nameBytes.length) + padded(description.length))
                .order(order);
        note.putInt(nameBytes.length).putInt(description.length).putInt(type);
        note.put(nameBytes).position(12 + padded(nameBytes.length));
        note.put(description);
        return note.array();
    }

    private static int padded(int length) {
        return (length + 3) & -4;
    }
}
