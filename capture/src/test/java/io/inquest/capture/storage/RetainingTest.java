package io.inquest.capture.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.capture.config.Retention;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RetainingTest {

    private static final LocalDateTime NOW = LocalDateTime.of(2026, 3, 7, 12, 0, 0);

    @TempDir
    private Path crashes;

    /// A dump's folder of 100 bytes.
    private Path dump(String name) throws IOException {
        Path folder = Files.createDirectory(crashes.resolve(name));
        Files.write(folder.resolve("vmcore"), new byte[90]);
        Files.write(folder.resolve("manifest.json"), new byte[10]);
        return folder;
    }

    private List<String> left() throws IOException {
        try (Stream<Path> there = Files.list(crashes)) {
            return there.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    private static Retaining.Outcome retain(Retention retention, Path newest) throws IOException {
        return new Retaining(retention, NOW).apply(newest);
    }

    @Test
    void oldestGoUntilTheCountHolds() throws IOException {
        dump("h-2026-03-01-00:00:00");
        dump("h-2026-03-02-00:00:00");
        dump("h-2026-03-02-00:00:00-1");
        Path newest = dump("h-2026-03-07-00:00:00");
        Retaining.Outcome outcome = retain(Retention.ofCount(2), newest);
        assertThat(left()).containsExactly("h-2026-03-02-00:00:00-1", "h-2026-03-07-00:00:00");
        assertThat(outcome.deleted()).hasSize(2);
    }

    @Test
    void oldestGoUntilTheBytesHold() throws IOException {
        dump("h-2026-03-01-00:00:00");
        dump("h-2026-03-02-00:00:00");
        Path newest = dump("h-2026-03-07-00:00:00");
        retain(new Retention(OptionalInt.empty(), OptionalLong.of(200), Optional.empty()), newest);
        assertThat(left()).containsExactly("h-2026-03-02-00:00:00", "h-2026-03-07-00:00:00");
    }

    @Test
    void thoseOlderThanTheAgeGo() throws IOException {
        dump("h-2026-02-01-00:00:00");
        dump("h-2026-03-06-00:00:00");
        Path newest = dump("h-2026-03-07-00:00:00");
        retain(new Retention(OptionalInt.empty(), OptionalLong.empty(), Optional.of(Duration.ofDays(3))), newest);
        assertThat(left()).containsExactly("h-2026-03-06-00:00:00", "h-2026-03-07-00:00:00");
    }

    @Test
    void newDumpStaysThoughItsClockStoodAt1970AndNoLimitHolds() throws IOException {
        dump("h-2026-03-06-00:00:00");
        Path newest = dump("h-1970-01-01-00:00:12");
        retain(new Retention(OptionalInt.of(1), OptionalLong.of(1), Optional.of(Duration.ofSeconds(1))), newest);
        assertThat(left()).containsExactly("h-1970-01-01-00:00:12");
    }

    @Test
    void otherFoldersAndFilesAreNobodysBusiness() throws IOException {
        Files.createDirectory(crashes.resolve("important"));
        Files.writeString(crashes.resolve("h-2020-01-01-00:00:00"), "a file of that name");
        Path newest = dump("h-2026-03-07-00:00:00");
        retain(Retention.ofCount(1), newest);
        assertThat(left()).containsExactly("h-2020-01-01-00:00:00", "h-2026-03-07-00:00:00", "important");
    }

    @Test
    void folderWithAnythingElseInItStaysWholeAndIsTold() throws IOException {
        Path old = dump("h-2026-03-01-00:00:00");
        Files.writeString(old.resolve("notes-of-the-admin.txt"), "do not lose");
        Path newest = dump("h-2026-03-07-00:00:00");
        Retaining.Outcome outcome = retain(Retention.ofCount(1), newest);
        assertThat(outcome.kept()).singleElement().asString().contains("notes-of-the-admin.txt");
        assertThat(old.resolve("vmcore")).exists();
    }

    @Test
    void linkedFolderIsNotFollowed(@TempDir Path elsewhere) throws IOException {
        Files.write(elsewhere.resolve("vmcore"), new byte[10]);
        Files.createSymbolicLink(crashes.resolve("h-2020-01-01-00:00:00"), elsewhere);
        Path newest = dump("h-2026-03-07-00:00:00");
        retain(Retention.ofCount(1), newest);
        assertThat(elsewhere.resolve("vmcore")).exists();
    }
}
