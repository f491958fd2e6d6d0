package io.inquest.makedumpfile.message;

import io.inquest.kernel.zone.CountedUse;
import java.util.List;

/// Hears what happens in a run, beside the text that people read. Nobody has to listen to all of it.
public interface Events {

    /// For those who did not ask for events.
    Events NONE = new Events() {};

    /// How far a step is.
    default void progress(Progress.Step step, long done, long total) {}

    /// A dump level did not fit; this one is tried next.
    default void retry(int level) {}

    /// A warning.
    default void warning(String text) {}

    /// A dump is there.
    default void saved(List<String> files, int level, Report report) {}

    /// The target takes no more, and no other dump level is tried: what is there is marked as incomplete.
    default void full() {}

    /// How many pages of a use the kernel counted, and how many were found.
    default void counter(CountedUse use) {}

    /// What memory is used for.
    default void memory(MemoryUsage usage) {}

    /// How large dumps would become.
    default void estimate(Estimate estimate) {}

    /// How much memory a dump would take to make.
    default void memoryPlan(MemoryPlan plan) {}

    /// Why the run fails; what is said first counts.
    default void reason(String sentence) {}

    /// How the run ended.
    default void end(String outcome) {}
}
