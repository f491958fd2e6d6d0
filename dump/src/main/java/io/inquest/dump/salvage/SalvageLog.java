package io.inquest.dump.salvage;

import io.inquest.dump.format.Counted;
import io.inquest.dump.verify.FrameRuns;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Keeps the account of a salvage while it goes on. Pages are told in the order of their frames.
public final class SalvageLog {

    private static final int MOST_RUNS = 256;
    private static final int MOST_SENTENCES = 50;

    private final List<String> repairs = new ArrayList<>();
    private final List<String> losses = new ArrayList<>();
    private final Map<String, Long> lostBy = new LinkedHashMap<>();
    private final FrameRuns lostFrames = new FrameRuns(MOST_RUNS);
    private long moreRepairs;
    private long moreLosses;
    private long lostWithoutFrame;
    private long kept;
    private long unchecked;

    /// Nothing is saved so far.
    public SalvageLog() {}

    /// Something was wrong and was put right.
    public void repaired(String sentence) {
        if (repairs.size() < MOST_SENTENCES) {
            repairs.add(sentence);
        } else {
            moreRepairs++;
        }
    }

    /// Something beside pages is lost.
    public void lost(String sentence) {
        if (losses.size() < MOST_SENTENCES) {
            losses.add(sentence);
        } else {
            moreLosses++;
        }
    }

    /// A page was written; `checked` if something shows that it is the right one.
    public void kept(boolean checked) {
        kept++;
        unchecked += checked ? 0 : 1;
    }

    /// Pages of the frames `[startPfn, endPfn)` are lost; `why` completes "12 pages …" without a verb, as in
    /// "1 page behind the end of the file".
    public void lostPages(long startPfn, long endPfn, String why) {
        lostFrames.add(startPfn, endPfn);
        lostBy.merge(why, endPfn - startPfn, Long::sum);
    }

    /// Pages are lost of which nobody can tell the page frames; `why` completes "12 pages …".
    public void lostPages(long pages, String why) {
        lostWithoutFrame += pages;
        lostBy.merge(why, pages, Long::sum);
    }

    /// Whether anything was told to be lost.
    public boolean lostAnything() {
        return !losses.isEmpty() || !lostBy.isEmpty();
    }

    public long keptPages() {
        return kept;
    }

    public SalvageReport report(String format) {
        List<String> allLosses = new ArrayList<>(losses);
        if (moreLosses > 0) {
            allLosses.add(moreLosses + " more like these");
        }
        for (Map.Entry<String, Long> cause : lostBy.entrySet()) {
            allLosses.add(Counted.of(cause.getValue(), "page") + " " + cause.getKey());
        }
        List<String> allRepairs = new ArrayList<>(repairs);
        if (moreRepairs > 0) {
            allRepairs.add(Counted.of(moreRepairs, "more repair") + " like these");
        }
        return new SalvageReport(
                format,
                allRepairs,
                allLosses,
                kept,
                unchecked,
                lostFrames.frames() + lostWithoutFrame,
                lostFrames.runs(),
                lostFrames.more());
    }
}
