package io.inquest.dump.trailer;

import io.inquest.dump.Note;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/// The note that announces a trailer: name `INQUEST`, type 0x49510001, last of the notes.
///
/// Its description, little-endian on every machine:
///
/// | Offset | Size | Field     | Meaning                                           |
/// |-------:|-----:|-----------|---------------------------------------------------|
/// |      0 |    4 | `version` | of the trailer: 1; 0 if there was no space for it |
/// |      4 |    4 | `footer`  | size of the footer that ends the trailer: 64      |
///
/// The trailer is found from the end of the file, so the note need not know where it will be. crash, drgn and
/// makedumpfile pass over the note; makedumpfile copies it when it filters again and drops the trailer.
public final class TrailerNote {

    public static final String NAME = "INQUEST";
    public static final int TYPE = 0x49510001;

    private static final int NONE = 0;

    private TrailerNote() {}

    /// The note itself.
    public static Note note() {
        return note(Footer.VERSION);
    }

    /// A note of the same size, put in its place where there was no space for the trailer.
    public static Note withdrawn() {
        return note(NONE);
    }

    private static Note note(int version) {
        ByteBuffer description = ByteBuffer.allocate(2 * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        description.putInt(version).putInt(Footer.BYTES).flip();
        return new Note(NAME, TYPE, description);
    }

    /// Whether one of the notes announces a trailer.
    static boolean isAmong(List<Note> notes) {
        for (Note note : notes) {
            if (note.is(NAME, TYPE)) {
                return announces(note);
            }
        }
        return false;
    }

    /// Whether this note announces a trailer.
    public static boolean announces(Note note) {
        if (!note.is(NAME, TYPE)) {
            return false;
        }
        ByteBuffer version = note.description().order(ByteOrder.LITTLE_ENDIAN);
        return version.remaining() < Integer.BYTES || version.getInt() != NONE;
    }
}
