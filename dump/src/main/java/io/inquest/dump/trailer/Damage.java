package io.inquest.dump.trailer;

/// A stretch of a dump that no longer holds the bytes that were written.
///
/// @param section what is there, such as `page data`
/// @param offset where in the file it begins
/// @param bytes how long it is; the damage is somewhere in it
public record Damage(String section, long offset, long bytes) {

    /// One sentence for the user, without the file's name.
    public String sentence() {
        return "the " + section + " at bytes " + offset + " to " + (offset + bytes - 1)
                + " does not have the checksum it was written with";
    }
}
