package io.inquest.crash.report.log;

import java.util.List;
import java.util.Optional;

/// The part of a report whose backtrace follows.
public enum TraceSection {
    /// Where it happened.
    EVENT,
    /// Who allocated the object (KASAN, KFENCE) or page (page_owner).
    ALLOCATION,
    /// Who freed it.
    FREE,
    /// Another task, another CPU, or work that belongs to it from afar.
    OTHER;

    /// Words that begin a section, wherever they stand in a line; the first that fits decides.
    private static final List<Head> HEADS = List.of(
            new Head("llocated by task", ALLOCATION),
            new Head("last allocated via", ALLOCATION),
            new Head("Uninit was created at:", ALLOCATION),
            new Head("reed by task", FREE),
            new Head("page last free", FREE),
            new Head("page_owner free stack", FREE),
            new Head("potentially related work creation", OTHER),
            new Head("elated work creation:", OTHER),
            new Head("Last Breaking-Event-Address", OTHER),
            new Head("kthread starved for", OTHER),
            new Head("grace-period kthread stack dump", OTHER),
            new Head("Showing all locks held", OTHER),
            new Head("Sending NMI from CPU", OTHER),
            new Head("NMI backtrace for cpu", OTHER),
            new Head("Uninit was stored to memory at:", OTHER));

    private record Head(String words, TraceSection section) {}

    /// The section that a line begins; a trace without a name of its own is where it happened.
    static Optional<TraceSection> begunBy(String line) {
        for (Head head : HEADS) {
            if (line.contains(head.words())) {
                return Optional.of(head.section());
            }
        }
        return Optional.empty();
    }
}
