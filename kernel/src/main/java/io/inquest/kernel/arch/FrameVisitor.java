package io.inquest.kernel.arch;

/// Takes runs of page frames.
@FunctionalInterface
public interface FrameVisitor {
    void frames(long firstPfn, long count);
}
