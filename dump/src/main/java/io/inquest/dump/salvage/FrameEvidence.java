package io.inquest.dump.salvage;

import java.io.IOException;
import java.nio.ByteBuffer;

/// Tells from the contents of a page which page frame it is of. Where the table that says so is damaged, this decides.
///
/// A page is shown twice: first to learn from, with the frame that the damaged table gives it, and after [#learned]
/// to be asked about.
public interface FrameEvidence {

    /// The answer for a page that does not tell.
    long UNKNOWN = -1;

    /// Knows nothing.
    FrameEvidence NONE = new FrameEvidence() {

        @Override
        public void learn(long claimedPfn, ByteBuffer page) {}

        @Override
        public boolean learned() {
            return false;
        }

        @Override
        public long frameOf(ByteBuffer page) {
            return UNKNOWN;
        }
    };

    /// Shows a page, from position to limit, in the byte order of the machine, and which frame it seems to be of.
    void learn(long claimedPfn, ByteBuffer page);

    /// Shows a page of which nothing claims a frame.
    default void learn(ByteBuffer page) {}

    /// Ends the learning. False if it did not suffice to answer any question.
    boolean learned();

    /// Ends the learning where the claims are known to be wrong: all may be moved by a few frames. False if that did
    /// not
    /// suffice either.
    default boolean learnedFromMoved() {
        return learned();
    }

    /// The frames that are memory of the machine.
    @FunctionalInterface
    interface MachineMemory {
        boolean has(long pfn) throws IOException;
    }

    /// Ends the learning where there is no claim at all. False if the pages alone do not suffice to answer any
    /// question.
    ///
    /// @param endPfn behind the last frame of the machine
    default boolean learnedFromPages(MachineMemory memory, long endPfn) throws IOException {
        return false;
    }

    /// The frame that the page is of, or [#UNKNOWN].
    long frameOf(ByteBuffer page);
}
