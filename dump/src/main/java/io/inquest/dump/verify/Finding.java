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
        /// Worth to be known, and nothing is missing or wrong.
        REMARK,
        /// The whole cannot be opened as a dump.
        UNREADABLE,
        /// Something is not there that the dump can do without: it is as good as one that never had it.
        DISPENSABLE,
        /// Something that the dump promises is not there; all that is there may be right.
        MISSING,
        /// Something is there and cannot be right.
        DAMAGED
    }

    /// Something is to be told, and the dump is whole for all that.
    public static Finding remark(String what, String reason) {
        return of(Kind.REMARK, what, reason);
    }

    /// Something is not there.
    public static Finding missing(String what, String reason) {
        return of(Kind.MISSING, what, reason);
    }

    /// Something is not there, and nothing that counts is missing for it.
    public static Finding dispensable(String what, String reason) {
        return of(Kind.DISPENSABLE, what, reason);
    }

    /// There is no dump, or none that can be opened.
    public static Finding unreadable(String reason) {
        return of(Kind.UNREADABLE, "file", reason);
    }

    /// Something is not right.
    public static Finding damaged(String what, String reason) {
        return of(Kind.DAMAGED, what, reason);
    }

    static Finding of(Kind kind, String what, String reason) {
        return new Finding(kind, what, reason, -1, 0, Optional.empty(), 0);
    }

    /// The same with its place in the file.
    public Finding at(long place, long length) {
        return new Finding(kind, what, reason, place, length, frames, pages);
    }

    /// The same with the page frames `[startPfn, endPfn)` around all that it concerns, and how many are lost.
    public Finding costing(long startPfn, long endPfn, long lostPages) {
        return new Finding(kind, what, reason, offset, bytes, Optional.of(new PfnRange(startPfn, endPfn)), lostPages);
    }

    /// The same with the number of pages that it costs, of which nobody can tell the page frames.
    public Finding costing(long lostPages) {
        return new Finding(kind, what, reason, offset, bytes, frames, lostPages);
    }

    /// Pages that are lost by it without a trace in the tables: nobody can tell their page frames.
    public long pagesWithoutFrame() {
        return frames.isPresent() ? 0 : pages;
    }

    /// The same with `prefix` before the reason.
    public Finding in(String prefix) {
        return new Finding(kind, what, prefix + reason, offset, bytes, frames, pages);
    }
}
