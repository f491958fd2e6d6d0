package io.inquest.dump;

import java.util.List;

/// Whether a dump holds all that it promises.
///
/// @param complete neither marked incomplete nor found to be cut
/// @param remarks one sentence for each thing that is missing or damaged, worst first; empty when complete
public record Completeness(boolean complete, List<String> remarks) {

    public static final Completeness COMPLETE = new Completeness(true, List.of());

    public Completeness {
        remarks = List.copyOf(remarks);
    }

    public static Completeness incomplete(List<String> remarks) {
        return new Completeness(false, remarks);
    }
}
