package io.inquest.capture.act;

import io.inquest.capture.collect.DumpMaker;
import io.inquest.capture.collect.MemoryDumpMaker;
import io.inquest.capture.journal.Heartbeat;
import io.inquest.capture.journal.Journal;
import io.inquest.capture.journal.ProgressLines;
import io.inquest.capture.program.Programs;
import io.inquest.capture.storage.PageCache;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

/// What the act works with.
///
/// @param hooks the folder of `pre.d`, `post.d` and `emergency.d`
/// @param hookLimit how long one hook may take
/// @param reportLimit how long the report may take
public record Surroundings(
        InstantSource clock,
        Journal journal,
        Heartbeat heartbeat,
        ProgressLines progress,
        Programs programs,
        PageCache pageCache,
        DumpMaker dumps,
        ReportMaker reports,
        Path hooks,
        Duration hookLimit,
        Duration reportLimit) {

    private static final Path HOOKS = Path.of("/etc/kdump");

    /// Hooks that wait for something wait for minutes.
    private static final Duration HOOK_LIMIT = Duration.ofMinutes(5);

    /// On a real machine it takes a second; where each instruction is emulated, half a minute.
    private static final Duration REPORT_LIMIT = Duration.ofMinutes(2);

    /// Those of a machine with a crash to save.
    public static Surroundings of(
            Path vmcore, InstantSource clock, Journal journal, Heartbeat heartbeat, PageCache pageCache) {
        ProgressLines progress = new ProgressLines(journal::say, heartbeat, System::nanoTime);
        Programs programs = new Programs(heartbeat);
        return new Surroundings(
                clock,
                journal,
                heartbeat,
                progress,
                programs,
                pageCache,
                new MemoryDumpMaker(vmcore.toString(), programs, progress, journal::say),
                ReportMaking::ofMemory,
                HOOKS,
                HOOK_LIMIT,
                REPORT_LIMIT);
    }
}
