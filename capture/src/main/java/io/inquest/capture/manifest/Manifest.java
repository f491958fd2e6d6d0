package io.inquest.capture.manifest;

import io.inquest.capture.collect.Collected;
import io.inquest.capture.journal.Entry;
import io.inquest.capture.storage.SavedFile;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// All that is known of what was saved of a crash on one target.
///
/// @param vmcore what the memory was read from
/// @param release of the kernel that crashed
/// @param crashed when, by its own clock
/// @param begun when the act began, by the clock of the machine that saved
/// @param duration of the act until then
/// @param collector as it is configured
/// @param dump the dump
/// @param files the files that are there, in the order in which they were saved; each was read back
/// @param lacks why not all is there that was to be saved, a sentence each; none if all is
/// @param steps how it went
public record Manifest(
        Path vmcore,
        Optional<String> release,
        Optional<Instant> crashed,
        Instant begun,
        Duration duration,
        String collector,
        Collected dump,
        List<SavedFile> files,
        List<String> lacks,
        List<Entry> steps) {

    /// It grows when a member changes its meaning or goes away, not when one is added.
    public static final int FORMAT = 1;

    public Manifest {
        files = List.copyOf(files);
        lacks = List.copyOf(lacks);
        steps = List.copyOf(steps);
    }

    /// Whether all is there that was to be saved.
    public boolean isComplete() {
        return lacks.isEmpty();
    }
}
