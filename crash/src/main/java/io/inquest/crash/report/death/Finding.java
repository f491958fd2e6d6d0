package io.inquest.crash.report.death;

import io.inquest.crash.report.Fact;
import java.util.List;

/// What an analyzer found out.
///
/// @param sentence what happened, where, to whom; without a full stop
/// @param facts what supports and explains it
public record Finding(String sentence, List<Fact> facts) {}
