package io.inquest.dump;

/// Page frames from `startPfn` up to and without `endPfn`.
public record PfnRange(long startPfn, long endPfn) {

    public PfnRange {
        if (startPfn < 0 || endPfn < startPfn) {
            throw new IllegalArgumentException("page frames " + startPfn + " to " + endPfn);
        }
    }

    public boolean contains(long pfn) {
        return pfn >= startPfn && pfn < endPfn;
    }

    public long frames() {
        return endPfn - startPfn;
    }
}
