package io.inquest.crash.report.death;

import io.inquest.crash.report.DeathKind;
import java.util.Set;

/// Knows some kinds of death, and tells one of them in a sentence with the facts that support it.
///
/// An analyzer reads, prints nothing, and ends: it works on what was gathered before, not on the dump's memory
/// itself. A new one is a class and a line in [Analyzers].
public interface DeathAnalyzer {

    /// The kinds it knows.
    Set<DeathKind> kinds();

    /// What it makes of a death of these kinds.
    Finding find(Evidence evidence);
}
