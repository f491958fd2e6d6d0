package io.inquest.dump.trailer;

import io.inquest.dump.Note;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// The note that announces a trailer: name `INQUEST`, type 0x49510001, last of the notes.
///
/// Its description, little-endian on every machine:
///
/// | Offset | Size | Field     | Meaning                                           |
/// |-------:|-----:|-----------|---------------------------------------------------|
/// |      0 |    4 | `version` | of the trailer: 1                                 |
/// |      4 |    4 | `footer`  | size of the footer that ends the trailer: 64      |
///
/// The trailer is found from the end of the file, so the note need not know where it will be. crash, drgn and
/// makedumpfile pass over the note; makedumpfile copies it when it filters again and drops the trailer.
public final class TrailerNote {

    public static final String NAME = "INQUEST";
    public static final int TYPE = 0x49510001;

    private TrailerNote() {}

    /// The note itself.
    public static Note note() {
        ByteBuffer description = ByteBuffer.allocate(2 * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        description.putInt(Footer.VERSION).putInt(Footer.BYTES).flip();
        return new Note(NAME, TYPE, description);
    }
}
