package io.inquest.kernel.elf;

import io.inquest.dump.DumpException;
import java.util.Arrays;
import java.util.Optional;

/// Finds the build id among the notes of a section.
///
/// | Offset | Size | Field     | Meaning                                            |
/// |-------:|-----:|-----------|----------------------------------------------------|
/// |      0 |    4 | `namesz`  | 4                                                  |
/// |      4 |    4 | `descsz`  | bytes of the id, 20 of SHA-1                       |
/// |      8 |    4 | `type`    | 3 `NT_GNU_BUILD_ID`                                |
/// |     12 |    4 | name      | `GNU` and a zero byte                              |
/// |     16 |    n | id        | padded to 4 bytes                                  |
final class BuildIdNote {

    private static final int NT_GNU_BUILD_ID = 3;
    private static final byte[] GNU = {'G', 'N', 'U', 0};
    private static final int HEADER_BYTES = 12;
    private static final int LONGEST_ID = 64;

    private BuildIdNote() {}

    /// Empty where there is none, or the notes are damaged before it.
    static Optional<byte[]> in(ElfObject object, ElfSection section) {
        try {
            return search(object.cursor(section, SectionCursor.SMALL_WINDOW));
        } catch (DumpException | SectionFault damaged) {
            return Optional.empty();
        }
    }

    private static Optional<byte[]> search(SectionCursor notes) {
        while (notes.size() - notes.position() >= HEADER_BYTES) {
            long nameBytes = notes.u32();
            long idBytes = notes.u32();
            int type = notes.i32();
            long name = notes.position();
            long id = name + padded(nameBytes);
            if (type == NT_GNU_BUILD_ID
                    && nameBytes == GNU.length
                    && idBytes > 0
                    && idBytes <= LONGEST_ID
                    && Arrays.equals(notes.bytes(GNU.length), GNU)) {
                return Optional.of(notes.bytes((int) idBytes));
            }
            notes.seek(id + padded(idBytes));
        }
        return Optional.empty();
    }

    private static long padded(long bytes) {
        return (bytes + 3) & -4L;
    }
}
