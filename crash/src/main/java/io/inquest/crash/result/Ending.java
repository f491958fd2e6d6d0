package io.inquest.crash.result;

import io.inquest.kernel.log.LogEnd;
import io.inquest.kernel.object.WalkEnd;
import java.util.ArrayList;
import java.util.List;

/// How an answer ended.
///
/// @param missing a sentence for each thing that could not be told; none of a complete answer
public record Ending(List<String> missing) {

    public static final Ending COMPLETE = new Ending(List.of());

    public Ending {
        missing = List.copyOf(missing);
    }

    public static Ending of(WalkEnd end) {
        return end.isComplete() ? COMPLETE : new Ending(List.of(end.sentence()));
    }

    public static Ending of(LogEnd end) {
        return end instanceof LogEnd.Complete ? COMPLETE : new Ending(List.of(end.describe()));
    }

    /// An answer that ended early for that reason.
    public static Ending incomplete(String sentence) {
        return new Ending(List.of(sentence));
    }

    public boolean isComplete() {
        return missing.isEmpty();
    }

    /// The ending of an answer that has both parts.
    public Ending and(Ending other) {
        if (isComplete()) {
            return other;
        }
        List<String> both = new ArrayList<>(missing);
        for (String sentence : other.missing) {
            if (!both.contains(sentence)) {
                both.add(sentence);
            }
        }
        return new Ending(both);
    }
}
