package io.inquest.dump.format;

import io.inquest.dump.Note;
import io.inquest.dump.Warnings;
import io.inquest.dump.io.ByteSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Reads areas of ELF notes.
///
/// | Offset | Size | Field    | Meaning                                       |
/// |-------:|-----:|----------|-----------------------------------------------|
/// |      0 |    4 | `namesz` | length of the name with its NUL               |
/// |      4 |    4 | `descsz` | length of the description                     |
/// |      8 |    4 | `type`   | meaning of the description, by name           |
/// |     12 |      | `name`   | padded with zeros to a multiple of 4          |
/// |        |      | `desc`   | padded with zeros to a multiple of 4          |
///
/// The same in ELF32 and ELF64; in cores the padding is 4 for both (Linux `fs/proc/vmcore.c`, QEMU, makedumpfile).
/// An area may end with zeros. Damage, or a hole of the file, ends the reading: the notes before it count.
public final class NoteReader {

    /// Device dumps (`NT_VMCOREDD`) can be huge; a note larger than this is left out with a warning.
    private static final int MOST_NOTE_BYTES = 8 << 20;

    private static final long MOST_AREA_BYTES = 64 << 20;

    private static final int HEADER_BYTES = 12;

    /// `VMCOREINFO` and its NUL, and some room.
    private static final int MOST_CORE_NAME_BYTES = 16;

    private final ByteSource source;
    private final ByteOrder order;
    private final Warnings warnings;

    public NoteReader(ByteSource source, ByteOrder order, Warnings warnings) {
        this.source = source;
        this.order = order;
        this.warnings = warnings;
    }

    /// Whether a note begins at `position` that writers of cores have: its name is one of a few words in
    /// capitals.
    public static boolean isNote(ByteSource source, ByteOrder order, long position) throws IOException {
        ByteBuffer start =
                ByteBuffer.allocate(HEADER_BYTES + MOST_CORE_NAME_BYTES).order(order);
        if (position > source.size() - start.capacity()) {
            return false;
        }
        source.readFully(position, start);
        int nameBytes = start.getInt(0);
        int descriptionBytes = start.getInt(4);
        if (nameBytes < 2 || nameBytes > MOST_CORE_NAME_BYTES || descriptionBytes < 0) {
            return false;
        }
        for (int i = 0; i < nameBytes - 1; i++) {
            byte letter = start.get(HEADER_BYTES + i);
            if (letter < 'A' || letter > 'Z') {
                return false;
            }
        }
        return start.get(HEADER_BYTES + nameBytes - 1) == 0
                && descriptionBytes <= source.size() - position - HEADER_BYTES - padded(nameBytes);
    }

    /// Adds the notes of the area at `position` to `notes`; answers where the last of them ends.
    public long read(long position, long length, List<Note> notes) throws IOException {
        long kept = 0;
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).order(order);
        long at = position;
        for (long end = position + length; end - at >= HEADER_BYTES; ) {
            if (!readHere(at, header)) {
                damaged(at, "the file ends there");
                return at;
            }
            long nameBytes = header.getInt(0) & 0xffff_ffffL;
            long descriptionBytes = header.getInt(4) & 0xffff_ffffL;
            if (nameBytes == 0 && descriptionBytes == 0) {
                return at;
            }
            long descriptionAt = at + HEADER_BYTES + padded(nameBytes);
            if (nameBytes > 256 || descriptionBytes > end - descriptionAt) {
                damaged(at, "it gives a name of " + nameBytes + " and a description of " + descriptionBytes + " bytes");
                return at;
            }
            if (descriptionBytes > MOST_NOTE_BYTES || kept + descriptionBytes > MOST_AREA_BYTES) {
                warnings.warn(source.name() + ": left out a note of " + descriptionBytes + " bytes at byte " + at);
            } else if (!readNote(at, (int) nameBytes, (int) descriptionBytes, header.getInt(8), notes)) {
                damaged(at, "the file has not all of it");
                return at;
            }
            kept += HEADER_BYTES + Math.min(descriptionBytes, MOST_NOTE_BYTES);
            at = descriptionAt + padded(descriptionBytes);
        }
        return at;
    }

    private boolean readNote(long at, int nameBytes, int descriptionBytes, int type, List<Note> notes)
            throws IOException {
        long descriptionAt = at + HEADER_BYTES + padded(nameBytes);
        if (!source.covers(at, HEADER_BYTES + nameBytes) || !source.covers(descriptionAt, descriptionBytes)) {
            return false;
        }
        ByteBuffer name = ByteBuffer.allocate(nameBytes);
        ByteBuffer description = ByteBuffer.allocate(descriptionBytes).order(order);
        if (!readHere(at + HEADER_BYTES, name) || !readHere(descriptionAt, description)) {
            return false;
        }
        int end = 0;
        while (end < nameBytes && name.get(end) != 0) {
            end++;
        }
        notes.add(new Note(new String(name.array(), 0, end, StandardCharsets.ISO_8859_1), type, description));
        return true;
    }

    /// Whether all of `target` could be filled; flips it.
    private boolean readHere(long at, ByteBuffer target) throws IOException {
        target.clear();
        while (target.hasRemaining()) {
            if (source.read(at + target.position(), target) < 0) {
                return false;
            }
        }
        target.flip();
        return true;
    }

    private void damaged(long at, String problem) {
        warnings.warn(
                source.name() + ": the note at byte " + at + " is damaged, " + problem + "; notes behind it are lost");
    }

    private static long padded(long length) {
        return (length + 3) & ~3L;
    }
}
