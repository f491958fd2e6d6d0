package io.inquest.kernel.object;

/// Ends a walk from within a step for another reason than memory that cannot be read.
public final class WalkBroken extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient WalkEnd end;

    public WalkBroken(WalkEnd end) {
        super(end.sentence());
        this.end = end;
    }

    WalkEnd end() {
        return end;
    }
}
