package io.inquest.dump.verify;

import io.inquest.dump.Note;
import io.inquest.dump.format.Counted;
import io.inquest.dump.io.ByteSource;
import io.inquest.dump.trailer.Shift;
import io.inquest.dump.trailer.Trailer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What is behind the last page of a dump: its trailer, or what is left of that, and bytes that are not of the dump.
public final class FileEnd {

    private FileEnd() {}

    /// Looks at the end of a file of which nothing before `dataEnd` is missing. `trailer` is the one that was found.
    public static List<Finding> examine(List<Note> notes, ByteSource source, long dataEnd, Optional<Trailer> trailer)
            throws IOException {
        List<Finding> findings = new ArrayList<>();
        boolean lost = trailer.isEmpty() && Trailer.isAnnounced(notes) && Trailer.isMissing(source);
        if (lost) {
            findings.add(
                    dataEnd >= source.size() || Trailer.beginsAt(source, dataEnd)
                            ? Finding.dispensable("trailer", Trailer.lossOf(source, dataEnd))
                            : Finding.missing("trailer", Trailer.absence(dataEnd)));
        }
        boolean known = trailer.isPresent() || !Trailer.isAnnounced(notes);
        long behind =
                source.size() - Math.max(dataEnd, trailer.map(Trailer::end).orElse(0L));
        if (known && behind > 0) {
            findings.add(Finding.remark(
                    "end of the file",
                    "the dump ends at byte " + (source.size() - behind) + ", " + Counted.of(behind, "byte")
                            + " before the end of the file"));
        }
        return findings;
    }

    /// Where bytes were inserted into a dump whose trailer is moved, or are missing.
    public static Finding shifted(Shift shift, Trailer.Extent around) {
        String what = shift.bytes() > 0 ? "the bytes were inserted " : "the bytes are missing ";
        String where = around.start() == around.end()
                ? "at byte " + around.start()
                : "between bytes " + around.start() + " and " + around.end();
        return Finding.remark("end of the file", what + where + "; what lies behind that place can be saved");
    }

    /// What is to be told if a dump has a trailer and no note announces it: all notes may be lost.
    public static Optional<Finding> unannounced(List<Note> notes, Optional<Trailer> trailer) {
        return trailer.isEmpty() || Trailer.isAnnounced(notes)
                ? Optional.empty()
                : Optional.of(Finding.damaged(
                        "notes", "the dump has a trailer of Inquest that none of its notes announces: notes are lost"));
    }
}
