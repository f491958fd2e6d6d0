package io.inquest.dump;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The ELF notes of a dump as the bytes that a container holds of them (a PT_NOTE segment).
///
/// Each note, in the byte order of the machine:
///
/// | Offset | Size    | Field    | Meaning                                          |
/// |-------:|--------:|----------|--------------------------------------------------|
/// |      0 |       4 | `namesz` | size of the name with its NUL                    |
/// |      4 |       4 | `descsz` | size of the description                          |
/// |      8 |       4 | `type`   | what it is, among the notes of that name         |
/// |     12 |  namesz |          | the name, filled up with NUL to a multiple of 4  |
/// |        |  descsz |          | the description, filled up to a multiple of 4    |
public final class NoteArea {

    private static final int NOTE_HEADER_BYTES = 12;

    private final List<Note> notes;
    private final ByteBuffer bytes;
    private final int vmcoreinfoOffset;
    private final int vmcoreinfoBytes;

    private NoteArea(List<Note> notes, ByteBuffer bytes, int vmcoreinfoOffset, int vmcoreinfoBytes) {
        this.notes = List.copyOf(notes);
        this.bytes = bytes;
        this.vmcoreinfoOffset = vmcoreinfoOffset;
        this.vmcoreinfoBytes = vmcoreinfoBytes;
    }

    /// The notes one behind the other.
    public static NoteArea of(List<Note> notes, ByteOrder order) {
        int size = 0;
        for (Note note : notes) {
            size = Math.addExact(size, encodedBytes(note));
        }
        ByteBuffer target = ByteBuffer.allocate(size).order(order);
        int vmcoreinfoOffset = 0;
        int vmcoreinfoBytes = 0;
        for (Note note : notes) {
            encode(note, target);
            if (vmcoreinfoBytes == 0 && note.is("VMCOREINFO", 0)) {
                vmcoreinfoBytes = note.description().remaining();
                vmcoreinfoOffset = target.position() - padded(vmcoreinfoBytes);
            }
        }
        return new NoteArea(notes, target.flip(), vmcoreinfoOffset, vmcoreinfoBytes);
    }

    /// These notes with another one behind them, which takes the place of notes with its name and type.
    public NoteArea plus(Note added) {
        List<Note> all = new ArrayList<>();
        for (Note note : notes) {
            if (!note.is(added.name(), added.type())) {
                all.add(note);
            }
        }
        all.add(added);
        return of(all, bytes.order());
    }

    private static int encodedBytes(Note note) {
        return NOTE_HEADER_BYTES
                + padded(nameBytes(note).length)
                + padded(note.description().remaining());
    }

    private static void encode(Note note, ByteBuffer target) {
        byte[] name = nameBytes(note);
        ByteBuffer description = note.description();
        int descriptionBytes = description.remaining();
        target.putInt(name.length).putInt(descriptionBytes).putInt(note.type());
        target.put(name).position(padded(target.position()));
        target.put(description).position(padded(target.position()));
    }

    private static byte[] nameBytes(Note note) {
        return note.name().isEmpty() ? new byte[0] : (note.name() + '\0').getBytes(StandardCharsets.ISO_8859_1);
    }

    private static int padded(int size) {
        return size + 3 & ~3;
    }

    public int size() {
        return bytes.remaining();
    }

    /// The bytes, read-only.
    public ByteBuffer bytes() {
        return bytes.asReadOnlyBuffer();
    }

    /// Where in the area the text of the vmcoreinfo note begins; 0 if there is none.
    public int vmcoreinfoOffset() {
        return vmcoreinfoOffset;
    }

    /// How long the text of the vmcoreinfo note is; 0 if there is none.
    public int vmcoreinfoBytes() {
        return vmcoreinfoBytes;
    }
}
