package io.inquest.kernel;

import java.util.List;

/// Where a run of virtual memory lives, and the page table entries that say so.
public sealed interface Mapping {

    /// The virtual address that was asked for.
    long from();

    /// Number of bytes from [#from] on for which the answer holds.
    long bytes();

    /// The walk, from the root table down; empty where the architecture needs no tables.
    List<WalkStep> steps();

    /// Mapped to physical memory that lies in one piece.
    ///
    /// @param to physical address of `from`
    record Mapped(long from, long to, long bytes, List<WalkStep> steps) implements Mapping {}

    /// The last entry of the walk is not present.
    record NotPresent(long from, long bytes, List<WalkStep> steps) implements Mapping {}

    /// A table could not be read: `reason` says which frame, and why.
    record TableUnreadable(long from, long bytes, List<WalkStep> steps, String reason) implements Mapping {}
}
