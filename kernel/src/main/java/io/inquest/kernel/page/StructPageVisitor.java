package io.inquest.kernel.page;

import java.io.IOException;

/// Hears where struct pages are.
@FunctionalInterface
public interface StructPageVisitor {

    /// The struct pages of the frames from `startPfn` to before `endPfn` lie side by side from this virtual address on.
    void structPages(long startPfn, long endPfn, long address) throws IOException;
}
