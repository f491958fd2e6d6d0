package io.inquest.dump.salvage;

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

    /// Ends the learning. False if it did not suffice to answer any question.
    boolean learned();

    /// Ends the learning where the claims are known to be wrong: all may be moved by a few frames. False if that did
    /// not
    /// suffice either.
    default boolean learnedFromMoved() {
        return learned();
    }

    /// The frame that the page is of, or [#UNKNOWN].
    long frameOf(ByteBuffer page);
}
