package io.inquest.dump;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// One ELF note of a dump: a name, a type and bytes.
///
/// @param name without its terminating NUL, such as `CORE`, `VMCOREINFO`, `QEMU`
/// @param type `n_type`; 1 is NT_PRSTATUS for the name `CORE`
/// @param description the note's bytes, read-only, in the byte order of the machine
public record Note(String name, int type, ByteBuffer description) {

    public static final int NT_PRSTATUS = 1;

    public Note {
        description = description.asReadOnlyBuffer().order(description.order());
    }

    /// A view of the bytes with a position of its own.
    @Override
    public ByteBuffer description() {
        return description.duplicate().order(description.order());
    }

    /// The text of the first of `notes` that has this name and holds a text (type 0).
    public static Optional<String> text(List<Note> notes, String name) {
        for (Note note : notes) {
            if (note.is(name, 0)) {
                return Optional.of(
                        StandardCharsets.ISO_8859_1.decode(note.description()).toString());
            }
        }
        return Optional.empty();
    }

    public boolean is(String name, int type) {
        return this.type == type && this.name.equals(name);
    }
}
