package io.inquest.dump.verify;

import io.inquest.dump.PfnRange;
import java.util.Optional;

/// One thing that is wrong with a dump: what, where, and what it costs.
///
/// @param kind whether something is not there or not right
/// @param what the part of the file, such as `page descriptors`
/// @param reason one sentence for the user, without the file's name and without a full stop
/// @param offset where in the file it is, -1 if it has no place there
/// @param bytes how long the place is, 0 if not known
/// @param frames the page frames from the first to the last that it concerns, if it concerns some
/// @param pages pages that are lost by it
public record Finding(
        Kind kind, String what, String reason, long offset, long bytes, Optional<PfnRange> frames, long pages) {

    /// How bad it is.
    public enum Kind {
        /// Something is not there that the dump can do without: it is as good as one that never had it.
        DISPENSABLE,
        /// Something that the dump promises is not there; all that is there may be right.
        MISSING,
        /// Something is there and cannot be right.
        DAMAGED
    }

    /// Something is not there.
    public static Finding missing(String what, String reason) {
        return new Finding(Kind.MISSING, what, reason, -1, 0, Optional.empty(), 0);
    }

    /// Something is not there, and nothing that counts is missing for it.
    public static Finding dispensable(String what, String reason) {
        return new Finding(Kind.DISPENSABLE, what, reason, -1, 0, Optional.empty(), 0);
    }

    /// Something is not right.
    public static Finding damaged(String what, String reason) {
        return new Finding(Kind.DAMAGED, what, reason, -1, 0, Optional.empty(), 0);
    }

    /// The same with its place in the file.
    public Finding at(long place, long length) {
        return new Finding(kind, what, reason, place, length, frames, pages);
    }

    /// The same with the page frames `[startPfn, endPfn)` around all that it concerns, and how many are lost.
    public Finding costing(long startPfn, long endPfn, long lostPages) {
        return new Finding(kind, what, reason, offset, bytes, Optional.of(new PfnRange(startPfn, endPfn)), lostPages);
    }

    /// The same with `prefix` before the reason.
    public Finding in(String prefix) {
        return new Finding(kind, what, prefix + reason, offset, bytes, frames, pages);
    }
}
