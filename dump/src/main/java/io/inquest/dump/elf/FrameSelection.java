package io.inquest.dump.elf;

import io.inquest.dump.PageBitmap;
import java.io.IOException;

/// Says which frames shall be in a dump. Asked for the same window more than once, it gives the same answer.
@FunctionalInterface
public interface FrameSelection {

    /// How long a run of frames that shall not be in the dump must be for an ELF core to leave it out, as
    /// makedumpfile has it. Shorter ones stay in with what the input has of them: every cut costs a program header,
    /// and every reader a search among more of them.
    int LEAST_CUT_FRAMES = 256;

    /// Sets the bit of each frame of the window that shall be in the dump; the bits are clear before.
    void mark(PageBitmap window) throws IOException;

    /// [#LEAST_CUT_FRAMES], or less where the frames between are to be told from zeros.
    default int leastCutFrames() {
        return LEAST_CUT_FRAMES;
    }
}
