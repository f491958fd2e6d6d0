package io.inquest.dump;

import io.inquest.dump.verify.Finding;
import java.util.ArrayList;
import java.util.List;

/// Whether a dump holds all that it promises.
///
/// @param losses one sentence for each thing that is missing or damaged, worst first
/// @param dispensable one sentence for each thing that is missing, and without which the dump is as good as any other:
/// a trailer of which the end was cut
public record Completeness(List<String> losses, List<String> dispensable) {

    public static final Completeness COMPLETE = new Completeness(List.of(), List.of());

    public Completeness {
        losses = List.copyOf(losses);
        dispensable = List.copyOf(dispensable);
    }

    public static Completeness incomplete(List<String> losses) {
        return new Completeness(losses, List.of());
    }

    /// What was found of a dump.
    public static Completeness of(List<Finding> findings) {
        List<String> losses = new ArrayList<>();
        List<String> dispensable = new ArrayList<>();
        for (Finding finding : findings) {
            switch (finding.kind()) {
                case REMARK -> {
                    // Costs nothing.
                }
                case DISPENSABLE -> dispensable.add(finding.reason());
                case MISSING, DAMAGED, UNREADABLE -> losses.add(finding.reason());
            }
        }
        return new Completeness(losses, dispensable);
    }

    /// Neither marked incomplete nor found to lack anything that counts.
    public boolean complete() {
        return losses.isEmpty();
    }

    /// All sentences; there may be some although it is complete.
    public List<String> remarks() {
        List<String> remarks = new ArrayList<>(losses);
        remarks.addAll(dispensable);
        return remarks;
    }
}
