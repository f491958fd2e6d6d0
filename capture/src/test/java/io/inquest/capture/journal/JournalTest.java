package io.inquest.capture.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JournalTest {

    private static final Instant TIME = Instant.parse("2026-11-27T19:40:12.345678Z");

    private final List<String> console = new ArrayList<>();
    private final Journal journal = new Journal(InstantSource.fixed(TIME), console::add);

    @TempDir
    private Path folder;

    @Test
    void eachStepIsALineAtOnce() throws IOException {
        Path file = folder.resolve("state");
        journal.writeTo(file);
        journal.note(Step.LOG, Result.BEGUN, "saving the log");
        assertThat(file).hasContent("2026-11-27T19:40:12.345Z log begun saving the log");
        journal.note(Step.LOG, Result.DONE, "saved");
        assertThat(Files.readAllLines(file)).hasSize(2).last().isEqualTo("2026-11-27T19:40:12.345Z log done saved");
        assertThat(console).containsExactly("saving the log", "saved");
    }

    @Test
    void fileThatComesLaterHasWhatWasToldBefore() {
        journal.note(Step.START, Result.DONE, "begins");
        Path file = folder.resolve("state");
        journal.writeTo(file);
        assertThat(file).content().contains("start done begins");
    }

    @Test
    void whatSomebodyElseWroteStays() throws IOException {
        Path file = Files.writeString(folder.resolve("state"), "2026-11-27T19:40:00Z modules done 12 modules\n");
        journal.writeTo(file);
        journal.note(Step.START, Result.DONE, "begins");
        assertThat(Files.readAllLines(file)).hasSize(2).first().asString().endsWith("12 modules");
    }

    @Test
    void textOfADumpEndsNoLine() {
        Path file = folder.resolve("state");
        journal.writeTo(file);
        journal.note(Step.REPORT, Result.FAILED, "no\nreport\u001b[2J");
        assertThat(file).content().hasLineCount(1).doesNotContain("\u001b");
    }

    @Test
    void fileThatTakesNoMoreIsGivenUpAndTheRestGoesOn() {
        Path good = folder.resolve("state");
        journal.writeTo(Path.of("/dev/full"));
        journal.writeTo(good);
        journal.note(Step.START, Result.DONE, "begins");
        journal.note(Step.LOG, Result.DONE, "goes on");
        assertThat(good).content().contains("begins", "goes on");
        assertThat(console).filteredOn(line -> line.contains("/dev/full")).hasSize(1);
    }

    @Test
    void fileThatCannotBeMadeIsTold() {
        journal.writeTo(folder.resolve("nowhere/state"));
        journal.note(Step.START, Result.DONE, "begins");
        assertThat(console).hasSize(2).first().asString().contains("nowhere/state");
    }
}
