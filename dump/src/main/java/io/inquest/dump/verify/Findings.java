package io.inquest.dump.verify;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Collects what is wrong with a dump. Of each part of the file only the first things are kept, the others counted:
/// a dump with a million wrong descriptors has one defect, not a million.
///
/// One thread at a time.
public final class Findings {

    private static final int MOST_OF_A_KIND = 20;

    private final List<Finding> kept = new ArrayList<>();
    private final Map<Part, Long> counts = new LinkedHashMap<>();
    private long lostPages;
    private long pagesWithoutFrame;
    private boolean damaged;

    /// Findings that are counted together.
    private record Part(Finding.Kind kind, String what) {}

    /// Nothing is wrong so far.
    public Findings() {}

    public void add(Finding finding) {
        long before = counts.merge(new Part(finding.kind(), finding.what()), 1L, Long::sum);
        lostPages += finding.pages();
        pagesWithoutFrame += finding.pagesWithoutFrame();
        damaged |= finding.kind() == Finding.Kind.DAMAGED;
        if (before <= MOST_OF_A_KIND) {
            kept.add(finding);
        }
    }

    /// What was found, in the order in which it was found, with a line for what was left out of the list.
    public List<Finding> all() {
        List<Finding> all = new ArrayList<>(kept);
        counts.forEach((part, count) -> {
            long more = count - MOST_OF_A_KIND;
            if (more > 0) {
                all.add(Finding.of(part.kind, part.what, more + " more of the " + part.what + " are like that"));
            }
        });
        return List.copyOf(all);
    }

    /// The sentences alone.
    public List<String> reasons() {
        List<String> reasons = new ArrayList<>();
        for (Finding finding : all()) {
            reasons.add(finding.reason());
        }
        return reasons;
    }

    public boolean isEmpty() {
        return kept.isEmpty();
    }

    /// Whether anything is not only missing but wrong.
    public boolean damaged() {
        return damaged;
    }

    /// Pages that are lost of which nobody can tell the page frames.
    public long pagesWithoutFrame() {
        return pagesWithoutFrame;
    }

    /// Pages that are lost by what was found.
    public long lostPages() {
        return lostPages;
    }
}
