package io.inquest.dump.elf;

import io.inquest.dump.PageBitmap;
import java.io.IOException;

/// Says which frames shall be in a dump. Asked for the same window more than once, it gives the same answer.
@FunctionalInterface
public interface FrameSelection {

    /// Sets the bit of each frame of the window that shall be in the dump; the bits are clear before.
    void mark(PageBitmap window) throws IOException;
}
