package io.inquest.capture.act;

import io.inquest.capture.collect.DumpMaker;
import io.inquest.capture.collect.MemoryDumpMaker;
import io.inquest.capture.config.Configuration;
import io.inquest.capture.config.read.Read;
import io.inquest.capture.journal.Heartbeat;
import io.inquest.capture.journal.Journal;
import io.inquest.capture.journal.ProgressLines;
import io.inquest.capture.program.Programs;
import io.inquest.capture.storage.GivenTarget;
import io.inquest.capture.storage.PageCache;
import io.inquest.capture.storage.TargetCandidate;
import io.inquest.dump.io.InputFiles;
import io.inquest.testkit.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// An act on a sample, to be changed here and there before it runs.
final class Rehearsal {

    /// Long after the samples crashed.
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2030-01-02T03:04:05Z"));

    private final Path folder;
    private final List<TargetCandidate> targets = new ArrayList<>();
    private final List<String> console = new ArrayList<>();
    private final Journal journal = new Journal(CLOCK, console::add);
    private final Programs programs = new Programs(Heartbeat.unwatched());
    private final ProgressLines progress = new ProgressLines(console::add, Heartbeat.unwatched(), System::nanoTime);
    private Optional<TargetCandidate> lastResort = Optional.empty();
    private Path vmcore;
    private String configuration = "core_collector makedumpfile -l -d 31";
    private DumpMaker dumps;
    private ReportMaker reports = ReportMaking::ofMemory;
    private Duration hookLimit = Duration.ofMinutes(5);

    /// @param folder where targets and hooks are
    Rehearsal(Path folder) throws IOException {
        this.folder = folder.toRealPath();
        from(Samples.unpack("6.12-d1"));
    }

    Rehearsal from(Path dump) {
        vmcore = dump;
        dumps = new MemoryDumpMaker(dump.toString(), programs, progress, journal::say);
        return this;
    }

    /// Lines of kdump.conf, or of a file of shell variables.
    Rehearsal configured(String... lines) {
        configuration = String.join("\n", lines);
        return this;
    }

    Rehearsal makingDumpsBy(DumpMaker maker) {
        dumps = maker;
        return this;
    }

    DumpMaker dumps() {
        return dumps;
    }

    Rehearsal makingReportsBy(ReportMaker maker) {
        reports = maker;
        return this;
    }

    Rehearsal endingHooksAfter(Duration limit) {
        hookLimit = limit;
        return this;
    }

    /// Another target, a folder of that name.
    Rehearsal to(String name) {
        targets.add(new GivenTarget(folder.resolve(name)));
        return this;
    }

    Rehearsal to(TargetCandidate target) {
        targets.add(target);
        return this;
    }

    /// The target when none of the others has all of it.
    Rehearsal atLastTo(String name) {
        lastResort = Optional.of(new GivenTarget(folder.resolve(name)));
        return this;
    }

    /// A script that hooks are; its path.
    Path script(String name, String... lines) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
        if (!file.toFile().setExecutable(true)) {
            throw new IOException(file + " cannot be made executable");
        }
        return file;
    }

    Ending run() {
        Configuration read = Read.valid(configuration);
        Surroundings around = new Surroundings(
                CLOCK,
                journal,
                Heartbeat.unwatched(),
                progress,
                programs,
                PageCache.shared(),
                dumps,
                reports,
                folder.resolve("hooks"),
                hookLimit,
                Duration.ofMinutes(10));
        Act act = new Act(read, vmcore, targets, lastResort, around);
        return InputFiles.remember(act::run);
    }

    List<String> console() {
        return console;
    }

    Path folder() {
        return folder;
    }

    /// The folders that dumps have at a target.
    List<Path> crashes(String target) throws IOException {
        if (!Files.isDirectory(folder.resolve(target))) {
            return List.of();
        }
        try (Stream<Path> there = Files.list(folder.resolve(target))) {
            return there.sorted().toList();
        }
    }

    /// The one that there is.
    Path crash(String target) throws IOException {
        List<Path> all = crashes(target);
        if (all.size() != 1) {
            throw new AssertionError("expected one crash, found " + all + "; the act said " + console);
        }
        return all.getFirst();
    }

    static List<String> names(Path crash) throws IOException {
        try (Stream<Path> there = Files.list(crash)) {
            return there.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
