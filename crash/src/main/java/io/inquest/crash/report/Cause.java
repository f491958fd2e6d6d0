package io.inquest.crash.report;

import java.util.List;

/// How it died, as well as it is known.
///
/// @param kind in the fixed vocabulary
/// @param title a few words for lists: the kind and the function, never more than 120 characters
/// @param sentence what happened, where, to whom
/// @param facts what supports and explains it
public record Cause(DeathKind kind, String title, String sentence, List<Fact> facts) {}
