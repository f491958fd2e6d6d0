package io.inquest.crash.report;

import java.util.List;

/// The code in which it died, and what that tells.
///
/// @param lines instructions in their order, one of which is the one
/// @param facts what the instruction worked on, and where its values came from
public record DeadCode(List<CodeLine> lines, List<Fact> facts) {

    /// Nothing is known of the code.
    public static final DeadCode NONE = new DeadCode(List.of(), List.of());
}
