package io.inquest.capture.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inquest.capture.journal.Heartbeat;
import io.inquest.capture.journal.Journal;
import io.inquest.capture.journal.ProgressLines;
import io.inquest.capture.storage.DumpFolder;
import io.inquest.capture.storage.DumpOutput;
import io.inquest.capture.storage.FolderName;
import io.inquest.capture.storage.PageCache;
import io.inquest.capture.storage.Sha256;
import io.inquest.makedumpfile.MadeDump;
import io.inquest.makedumpfile.MadeDump.Ending;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What follows when a way to make the dump fails: the makers here write a word and end as they are told.
final class CollectingTest {

    private static final Way FILTER = new Way.Filtered(List.of("-l", "-d", "31"));
    private static final Way COARSE = new Way.Filtered(List.of("-l", "-d", "1"));
    private static final Way COPY = new Way.Copied();

    private final List<Way> tried = new ArrayList<>();
    private DumpFolder folder;

    @BeforeEach
    void makeFolder(@TempDir Path target) throws IOException {
        folder = DumpFolder.create(target.toRealPath(), new FolderName("h", LocalDateTime.of(2026, 3, 7, 4, 5, 9), 0));
    }

    private Collected collect(DumpMaker maker, Way... ways) throws IOException {
        Journal journal = new Journal(InstantSource.system(), line -> {});
        ProgressLines progress = new ProgressLines(line -> {}, Heartbeat.unwatched(), System::nanoTime);
        DumpMaker remembering = (way, output) -> {
            tried.add(way);
            return maker.make(way, output);
        };
        return Collecting.of(remembering, progress, PageCache.shared(), journal).collect(List.of(ways), folder);
    }

    private static Made write(DumpOutput output, String text, Ending ending, String reason) {
        try {
            Files.writeString(((DumpOutput.ToFile) output).path(), text);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        MessageDigest digest = Sha256.begin();
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        return new Made(
                new MadeDump(ending, reason, OptionalInt.empty(), Optional.empty()), Optional.of(Sha256.end(digest)));
    }

    private static Made failed(DumpOutput output) {
        return write(output, "some", Ending.FAILED, "the mem_map makes no sense");
    }

    @Test
    void dumpThatWasReadBackHasItsName() throws IOException {
        Collected dump = collect((_, output) -> write(output, "whole", Ending.COMPLETE, ""), FILTER, COPY);
        assertThat(dump.isComplete()).isTrue();
        assertThat(dump.proof()).contains(Proof.WRITTEN_BYTES);
        assertThat(folder.path().resolve("vmcore")).hasContent("whole");
        assertThat(folder.path().resolve("vmcore-incomplete")).doesNotExist();
        assertThat(tried).containsExactly(FILTER);
    }

    @Test
    void wayThatFailsIsFollowedByTheNext() throws IOException {
        Collected dump = collect(
                (way, output) -> way.equals(COPY) ? write(output, "copy", Ending.COMPLETE, "") : failed(output),
                FILTER,
                COARSE,
                COPY);
        assertThat(tried).containsExactly(FILTER, COARSE, COPY);
        assertThat(dump.way()).isEqualTo("copying all memory");
        assertThat(folder.path().resolve("vmcore")).hasContent("copy");
    }

    @Test
    void whereNoWayMakesADumpTheReasonIsToldAndWhatIsThereStays() throws IOException {
        Collected dump = collect((_, output) -> failed(output), FILTER, COPY);
        assertThat(dump.isComplete()).isFalse();
        assertThat(dump.reason()).isEqualTo("the mem_map makes no sense");
        assertThat(folder.path().resolve("vmcore-incomplete")).hasContent("some");
        assertThat(folder.path().resolve("vmcore")).doesNotExist();
    }

    @Test
    void dumpThatLacksPagesIsTheBestThereIs() throws IOException {
        Collected dump = collect(
                (_, output) -> write(output, "most", Ending.LACKING, "3 pages could not be read"), FILTER, COPY);
        assertThat(tried).containsExactly(FILTER);
        assertThat(dump.isComplete()).isFalse();
        assertThat(folder.path().resolve("vmcore-incomplete")).hasContent("most");
    }

    @Test
    void fullTargetKeepsAnIncompleteDump() throws IOException {
        Collected dump = collect((_, output) -> write(output, "half", Ending.FULL, "no room"), FILTER, COARSE, COPY);
        assertThat(tried).containsExactly(FILTER);
        assertThat(dump.file())
                .hasValueSatisfying(file -> assertThat(file.name()).isEqualTo("vmcore-incomplete"));
        assertThat(dump.reason()).isEqualTo("no room");
    }

    @Test
    void copyWithoutRoomIsFollowedByWhatTakesLess() throws IOException {
        Collected dump = collect(
                (way, output) -> way.equals(COPY)
                        ? write(output, "half", Ending.FULL, "no room")
                        : write(output, "small", Ending.COMPLETE, ""),
                COPY,
                COARSE);
        assertThat(dump.isComplete()).isTrue();
        assertThat(folder.path().resolve("vmcore")).hasContent("small");
    }

    @Test
    void whatCouldNotBeErasedIsNotSavedInAnotherWay() throws IOException {
        Collected dump = collect((_, _) -> Made.of(Ending.NOT_ERASED, "a rule names no memory"), FILTER, COPY);
        assertThat(tried).containsExactly(FILTER);
        assertThat(dump.file()).isEmpty();
    }

    @Test
    void dumpThatReadsBackOtherwiseKeepsItsUnfinishedName() throws IOException {
        Collected dump = collect(
                (_, output) -> {
                    Made made = write(output, "whole", Ending.COMPLETE, "");
                    write(output, "whale", Ending.COMPLETE, "");
                    return made;
                },
                FILTER);
        assertThat(dump.isComplete()).isFalse();
        assertThat(dump.reason()).contains("what was read back is not what was written");
        assertThat(folder.path().resolve("vmcore")).doesNotExist();
        assertThat(folder.path().resolve("vmcore-incomplete")).exists();
    }

    @Test
    void targetThatTakesNothingAnyMoreIsNotTriedFurther() {
        assertThatThrownBy(() -> collect(
                        (_, _) -> {
                            remove(folder.path());
                            return Made.of(Ending.FAILED, "Input/output error");
                        },
                        FILTER,
                        COPY))
                .isInstanceOf(IOException.class);
        assertThat(tried).containsExactly(FILTER);
    }

    private static void remove(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
