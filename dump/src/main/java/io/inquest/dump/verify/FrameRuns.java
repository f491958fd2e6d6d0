package io.inquest.dump.verify;

import io.inquest.dump.PfnRange;
import java.util.ArrayList;
import java.util.List;

/// Page frames that are added in ascending order, as runs; only the first runs are kept, the others counted.
public final class FrameRuns {

    private final int mostRuns;
    private final List<PfnRange> runs = new ArrayList<>();
    private long more;
    private long frames;
    private long start = -1;
    private long end = -1;

    /// Room for `mostRuns` runs.
    public FrameRuns(int mostRuns) {
        this.mostRuns = mostRuns;
    }

    /// Adds the frames `[startPfn, endPfn)`.
    public void add(long startPfn, long endPfn) {
        frames += endPfn - startPfn;
        if (startPfn == end) {
            end = endPfn;
            return;
        }
        endRun();
        start = startPfn;
        end = endPfn;
    }

    private void endRun() {
        if (start < 0) {
            return;
        }
        if (runs.size() < mostRuns) {
            runs.add(new PfnRange(start, end));
        } else {
            more++;
        }
        start = -1;
    }

    /// The runs that were kept.
    public List<PfnRange> runs() {
        endRun();
        end = -1;
        return List.copyOf(runs);
    }

    /// How many runs were not kept; asked behind [#runs].
    public long more() {
        return more;
    }

    /// How many frames were added.
    public long frames() {
        return frames;
    }
}
