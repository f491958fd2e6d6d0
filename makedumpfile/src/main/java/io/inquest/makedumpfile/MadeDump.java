package io.inquest.makedumpfile;

import java.util.Optional;
import java.util.OptionalInt;

/// What came of making a dump.
///
/// @param ending in one word
/// @param reason why it is not complete, one sentence; empty if it is
/// @param level the dump level that was applied, if a dump was written to its end
/// @param pages what was left out and written, if a dump was written to its end
public record MadeDump(Ending ending, String reason, OptionalInt level, Optional<PageCounts> pages) {

    /// How it ended.
    public enum Ending {
        /// The dump is there.
        COMPLETE,
        /// The dump is there, and holds more than the level asks for: the kernel's structures could not be trusted.
        LARGER,
        /// The dump is there without pages that could not be read, and says so.
        LACKING,
        /// The target is full; what is there opens, and says that it is incomplete.
        FULL,
        /// Nothing is written, since rules name memory that must not leave the machine and could not be found.
        NOT_ERASED,
        /// There is no dump.
        FAILED
    }

    /// Page frames of the machine, by what became of them.
    ///
    /// @param existing frames that are memory
    /// @param stored frames that the dump holds
    /// @param zero frames full of zeros, left out as all that follow are
    /// @param cache page cache without private data
    /// @param privateCache page cache with private data
    /// @param user memory of processes
    /// @param free free memory
    /// @param hwpoison broken memory
    /// @param offline memory given back to the hypervisor
    /// @param bytes bytes written
    public record PageCounts(
            long existing,
            long stored,
            long zero,
            long cache,
            long privateCache,
            long user,
            long free,
            long hwpoison,
            long offline,
            long bytes) {}

    /// Whether all is there that was to be written.
    public boolean isComplete() {
        return ending == Ending.COMPLETE || ending == Ending.LARGER;
    }
}
