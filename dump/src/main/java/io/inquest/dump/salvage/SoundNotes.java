package io.inquest.dump.salvage;

import io.inquest.dump.Note;
import io.inquest.dump.format.VmcoreinfoText;
import io.inquest.dump.trailer.TrailerNote;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The notes of a damaged dump without what cannot be right in them: lines of vmcoreinfo that are no `KEY=VALUE`, and
/// the announcement of a trailer that is lost.
public final class SoundNotes {

    private SoundNotes() {}

    /// What is sound of `notes`; what is left out is told.
    ///
    /// @param hasTrailer whether the dump has the trailer that one of them may announce
    public static List<Note> of(List<Note> notes, boolean hasTrailer, SalvageLog log) {
        List<Note> sound = new ArrayList<>();
        for (Note note : notes) {
            if (note.is("VMCOREINFO", 0)) {
                sound.add(withoutDamagedLines(note, log));
            } else if (!hasTrailer && TrailerNote.announces(note)) {
                log.repaired("the notes announce a trailer that is lost; those of the new dump announce none");
                sound.add(TrailerNote.withdrawn());
            } else {
                sound.add(note);
            }
        }
        return sound;
    }

    private static Note withoutDamagedLines(Note note, SalvageLog log) {
        String text = StandardCharsets.ISO_8859_1.decode(note.description()).toString();
        StringBuilder kept = new StringBuilder();
        int number = 0;
        int damaged = 0;
        int firstDamaged = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            if (VmcoreinfoText.isSound(line)) {
                kept.append(line).append('\n');
            } else {
                firstDamaged = damaged++ == 0 ? number : firstDamaged;
            }
        }
        if (damaged > 0) {
            log.lost(
                    damaged == 1
                            ? "line " + firstDamaged + " of the vmcoreinfo is damaged and left out"
                            : damaged + " lines of the vmcoreinfo, from line " + firstDamaged
                                    + " on, are damaged and left out");
        }
        // Splitting gives an empty line behind the last line end.
        kept.setLength(Math.max(0, kept.length() - 1));
        byte[] bytes = kept.toString().getBytes(StandardCharsets.ISO_8859_1);
        return new Note(
                note.name(),
                note.type(),
                ByteBuffer.wrap(bytes).order(note.description().order()));
    }
}
