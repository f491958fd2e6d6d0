package io.inquest.dump.trailer;

import java.util.List;

/// A stretch of a dump that no longer holds the bytes that were written.
///
/// @param section what is there, such as `page data`
/// @param offset where in the file it begins
/// @param bytes how long it is; the damage is somewhere in it
public record Damage(String section, long offset, long bytes) {

    /// Where it ends.
    public long end() {
        return offset + bytes;
    }

    /// One sentence for the user, without the file's name.
    public String sentence() {
        return "the " + section + " at bytes " + offset + " to " + (end() - 1)
                + " does not have the checksum it was written with";
    }

    /// Adds it to places that were found before it, as one with the last of them where that one ends.
    public void addTo(List<Damage> places) {
        boolean goesOn = !places.isEmpty()
                && places.getLast().end() == offset
                && places.getLast().section().equals(section);
        if (goesOn) {
            Damage last = places.removeLast();
            places.add(new Damage(section, last.offset, last.bytes + bytes));
        } else {
            places.add(this);
        }
    }
}
