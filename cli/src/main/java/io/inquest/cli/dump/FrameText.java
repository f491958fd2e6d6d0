package io.inquest.cli.dump;

import io.inquest.dump.PfnRange;
import io.inquest.output.Counts;
import java.util.List;
import java.util.Locale;

/// Page frames and shares of them, as people read them.
final class FrameText {

    private static final int MOST_RUNS = 8;

    private FrameText() {}

    /// `page frame 0x10`, or `page frames 0x10-0x1f, 0x30 and 4 more runs`.
    static String frames(List<PfnRange> runs, long moreRuns) {
        boolean one = runs.size() == 1 && runs.getFirst().frames() == 1 && moreRuns == 0;
        StringBuilder text = new StringBuilder(one ? "page frame " : "page frames ");
        int shown = Math.min(runs.size(), MOST_RUNS);
        for (int i = 0; i < shown; i++) {
            text.append(i == 0 ? "" : ", ").append(range(runs.get(i)));
        }
        long more = runs.size() - shown + moreRuns;
        return more == 0
                ? text.toString()
                : text + " and " + Counts.format(more) + " more run" + (more == 1 ? "" : "s");
    }

    /// `0x10-0x1f`, first and last, or `0x10`.
    static String range(PfnRange range) {
        String first = "0x" + Long.toHexString(range.startPfn());
        return range.frames() == 1 ? first : first + "-0x" + Long.toHexString(range.endPfn() - 1);
    }

    /// `0.3 %`; never 0 if there is a part and never 100 if something is left.
    static String percent(long part, long whole) {
        if (whole <= 0 || part <= 0) {
            return "0 %";
        }
        if (part >= whole) {
            return "100 %";
        }
        double share = Math.clamp(100.0 * part / whole, 0.001, 99.999);
        return String.format(Locale.ROOT, share < 0.1 || share > 99.9 ? "%.3f %%" : "%.1f %%", share);
    }
}
