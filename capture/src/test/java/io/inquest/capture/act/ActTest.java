package io.inquest.capture.act;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.capture.collect.DumpMaker;
import io.inquest.capture.storage.DumpOutput;
import io.inquest.capture.storage.Sha256;
import io.inquest.capture.storage.raw.RawDevice;
import io.inquest.capture.storage.raw.RawExtraction;
import io.inquest.dump.Dump;
import io.inquest.dump.Dumps;
import io.inquest.dump.Warnings;
import io.inquest.dump.verify.Verdict;
import io.inquest.dump.verify.Verifier;
import io.inquest.testkit.ElfCoreBuilder;
import io.inquest.testkit.Samples;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The act as a whole on a real dump: what is left where, when all goes well and when something does not.
final class ActTest {

    private static final String[] ALL_FILES = {
        "manifest.json", "report.json", "report.txt", "state", "vmcore", "vmcore-dmesg.txt"
    };

    private Rehearsal rehearsal;

    @BeforeEach
    void prepare(@TempDir Path folder) throws IOException {
        rehearsal = new Rehearsal(folder);
    }

    private static String sha256Of(Path file) throws IOException {
        MessageDigest digest = Sha256.begin();
        digest.update(Files.readAllBytes(file));
        return Sha256.end(digest);
    }

    @Test
    void logReportDumpAndManifestAreSaved() throws IOException {
        assertThat(rehearsal.to("a").run()).isEqualTo(Ending.ALL);
        Path crash = rehearsal.crash("a");
        assertThat(Rehearsal.names(crash)).containsExactly(ALL_FILES);
        assertThat(crash.getFileName())
                .asString()
                .startsWith("127.0.0.1-2030-01-02-")
                .hasSize(29);
        assertThat(crash.resolve("vmcore-dmesg.txt")).content().contains("Kernel panic - not syncing");
        assertThat(Verifier.verify(List.of(crash.resolve("vmcore")), (_, _) -> {})
                        .verdict())
                .isEqualTo(Verdict.WHOLE);
        assertThat(crash.resolve("manifest.json"))
                .content()
                .contains("\"complete\": true", "\"level\": 31", sha256Of(crash.resolve("vmcore")));
        assertThat(crash.resolve("state")).content().contains(" dump done ", " end done ");
    }

    @Test
    void linesOnTheConsoleAreThoseThatUsersOfKdumpLookFor() {
        rehearsal.to("a").run();
        assertThat(rehearsal.console())
                .anyMatch(line -> line.startsWith("saving to ") && line.endsWith("/"))
                .contains("saving vmcore-dmesg.txt complete")
                .anyMatch(line -> line.startsWith("saving vmcore complete"));
    }

    @Test
    void targetThatCannotBeUsedIsFollowedByTheNext() throws IOException {
        Files.writeString(rehearsal.folder().resolve("broken"), "a file where a folder should be");
        assertThat(rehearsal.to("broken").to("b").run()).isEqualTo(Ending.ALL);
        assertThat(Rehearsal.names(rehearsal.crash("b"))).containsExactly(ALL_FILES);
    }

    @Test
    void whereNoTargetCanBeUsedNothingIsSaved() throws IOException {
        Files.writeString(rehearsal.folder().resolve("broken"), "a file where a folder should be");
        assertThat(rehearsal.to("broken").run()).isEqualTo(Ending.NOTHING);
        assertThat(rehearsal.console()).anyMatch(line -> line.contains("broken cannot be used"));
    }

    @Test
    void targetThatBreaksInTheDumpIsFollowedByTheNext() throws IOException {
        DumpMaker usual = rehearsal.dumps();
        rehearsal.makingDumpsBy((way, output) -> {
            Path file = ((DumpOutput.ToFile) output).path();
            if (file.toString().contains("/a/")) {
                removeWithFiles(file.resolveSibling(""));
            }
            return usual.make(way, output);
        });
        assertThat(rehearsal.to("a").to("b").run()).isEqualTo(Ending.ALL);
        assertThat(rehearsal.crash("b").resolve("vmcore")).exists();
    }

    private static void removeWithFiles(Path folder) {
        try {
            for (String name : Rehearsal.names(folder)) {
                Files.delete(folder.resolve(name));
            }
            Files.delete(folder);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Test
    void dumpWithoutRoomIsIncompleteAndOpens() throws IOException {
        rehearsal.configured("core_collector makedumpfile -l -d 31 -L 2M");
        assertThat(rehearsal.to("a").run()).isEqualTo(Ending.SOME);
        Path crash = rehearsal.crash("a");
        assertThat(Rehearsal.names(crash))
                .contains("vmcore-incomplete", "vmcore-dmesg.txt", "report.txt", "manifest.json");
        assertThat(crash.resolve("manifest.json")).content().contains("\"complete\": false", "Size limit");
        try (Dump dump = Dumps.open(List.of(crash.resolve("vmcore-incomplete")), Warnings.NONE)) {
            assertThat(dump.completeness().complete()).isFalse();
        }
    }

    @Test
    void dumpWithoutRoomAtItsLevelIsMadeAtTheSmallest() throws IOException {
        long needed = smallestDump();
        rehearsal.configured("core_collector makedumpfile -l -d 1 -L " + (needed + needed / 20));
        assertThat(rehearsal.to("b").run()).isEqualTo(Ending.ALL);
        assertThat(rehearsal.crash("b").resolve("manifest.json")).content().contains("\"level\": 31");
    }

    private long smallestDump() throws IOException {
        Path folder = Files.createDirectory(rehearsal.folder().resolve("measured"));
        Rehearsal measured = new Rehearsal(folder);
        assertThat(measured.to("a").run()).isEqualTo(Ending.ALL);
        return Files.size(measured.crash("a").resolve("vmcore"));
    }

    @Test
    void memoryThatNoFilterUnderstandsIsSavedAllTheSame() throws IOException {
        Path core = rehearsal.folder().resolve("core");
        byte[] memory = new byte[64 * 4096];
        new Random(7).nextBytes(memory);
        Files.write(
                core,
                ElfCoreBuilder.elf64(ByteOrder.LITTLE_ENDIAN)
                        .note("CORE", 1, new byte[336])
                        .load(0, memory)
                        .build());
        assertThat(rehearsal.from(core).to("a").run()).isEqualTo(Ending.SOME);
        Path crash = rehearsal.crash("a");
        assertThat(Rehearsal.names(crash)).contains("vmcore").doesNotContain("vmcore-dmesg.txt");
        assertThat(crash.resolve("manifest.json")).content().contains("-d 1\"", "the log: ");
    }

    @Test
    void fileThatIsNoDumpIsCopied() throws IOException {
        Path garbage = rehearsal.folder().resolve("garbage");
        byte[] bytes = new byte[3 << 20];
        new Random(3).nextBytes(bytes);
        Files.write(garbage, bytes);
        assertThat(rehearsal.from(garbage).to("a").run()).isEqualTo(Ending.SOME);
        assertThat(rehearsal.crash("a").resolve("vmcore")).hasBinaryContent(bytes);
    }

    @Test
    void reportThatCannotBeMadeCostsNothingElse() throws IOException {
        rehearsal.makingReportsBy(memory -> {
            throw new IOException("no types");
        });
        assertThat(rehearsal.to("a").run()).isEqualTo(Ending.ALL);
        assertThat(Rehearsal.names(rehearsal.crash("a"))).contains("vmcore").doesNotContain("report.txt");
        assertThat(rehearsal.console()).contains("there is no report: no types");
    }

    @Test
    void preHookThatRefusesForfeitsNothing() throws IOException {
        Path pre = rehearsal.script("pre", "exit 1");
        assertThat(rehearsal.configured("kdump_pre " + pre).to("a").run()).isEqualTo(Ending.ALL);
        assertThat(rehearsal.crash("a").resolve("vmcore")).exists();
    }

    @Test
    void preHookThatRefusesIsObeyedWhereThatIsConfigured() throws IOException {
        Path pre = rehearsal.script("pre", "exit 1");
        rehearsal.configured("kdump_pre " + pre, "pre_refusal skip");
        assertThat(rehearsal.to("a").run()).isEqualTo(Ending.ALL);
        assertThat(rehearsal.crashes("a")).isEmpty();
        assertThat(rehearsal.console()).anyMatch(line -> line.contains("kdump_pre refused"));
    }

    @Test
    void preHookThatHangsIsEndedAndHasRefusedNothing() throws IOException {
        Path pre = rehearsal.script("pre", "sleep 600");
        rehearsal.configured("kdump_pre " + pre, "pre_refusal skip").endingHooksAfter(Duration.ofMillis(300));
        assertThat(rehearsal.to("a").run()).isEqualTo(Ending.ALL);
        assertThat(rehearsal.crash("a").resolve("vmcore")).exists();
        assertThat(rehearsal.console()).anyMatch(line -> line.contains("took longer than 300 ms"));
    }

    @Test
    void postHookGetsTheStatus() throws IOException {
        Path told = rehearsal.folder().resolve("told");
        Path post = rehearsal.script("post", "echo post $1 >>" + told);
        rehearsal.script("hooks/post.d/10-first", "echo first $1 >>" + told);
        rehearsal.configured("kdump_post " + post, "core_collector makedumpfile -l -d 31 -L 2M");
        assertThat(rehearsal.to("a").run()).isEqualTo(Ending.SOME);
        assertThat(Files.readAllLines(told)).containsExactly("first 3", "post 3");
    }

    @Test
    void emergencyHookRunsWhereSomethingIsMissing() throws IOException {
        Path told = rehearsal.folder().resolve("told");
        Path hook = rehearsal.script("emergency", "echo emergency >>" + told);
        Files.writeString(rehearsal.folder().resolve("broken"), "");
        rehearsal.configured("kdump_emergency " + hook).to("broken").run();
        assertThat(told).hasContent("emergency");
    }

    @Test
    void collectorOfAnotherProgramRunsAsGiven() throws IOException {
        rehearsal.configured("core_collector cp --sparse=always");
        assertThat(rehearsal.to("a").run()).isEqualTo(Ending.ALL);
        assertThat(Files.mismatch(rehearsal.crash("a").resolve("vmcore"), Samples.unpack("6.12-d1")))
                .isEqualTo(-1);
    }

    @Test
    void collectorThatFailsIsReplacedByOurs() throws IOException {
        Path collector = rehearsal.script("collector", "echo nonsense >$2", "exit 1");
        rehearsal.configured("core_collector " + collector);
        assertThat(rehearsal.to("a").run()).isEqualTo(Ending.ALL);
        assertThat(rehearsal.crash("a").resolve("manifest.json")).content().contains("makedumpfile -l -d 31");
    }

    @Test
    void oldDumpsGoWhenTheNewOneIsThere() throws IOException {
        Path old = Files.createDirectories(rehearsal.folder().resolve("a/127.0.0.1-2020-01-01-00:00:00"));
        Files.writeString(old.resolve("vmcore"), "old");
        rehearsal.configured("retain count=1");
        assertThat(rehearsal.to("a").run()).isEqualTo(Ending.ALL);
        assertThat(old).doesNotExist();
    }

    @Test
    void oldDumpsStayWhenTheNewOneIsNotThere() throws IOException {
        Path old = Files.createDirectories(rehearsal.folder().resolve("a/127.0.0.1-2020-01-01-00:00:00"));
        Files.writeString(old.resolve("vmcore"), "old");
        rehearsal.configured("retain count=1", "core_collector makedumpfile -l -d 31 -L 2M");
        assertThat(rehearsal.to("a").run()).isEqualTo(Ending.SOME);
        assertThat(old.resolve("vmcore")).hasContent("old");
    }

    @Test
    void twoCrashesInOneSecondHaveAFolderEach() throws IOException {
        assertThat(rehearsal.to("a").run()).isEqualTo(Ending.ALL);
        assertThat(new Rehearsal(rehearsal.folder()).to("a").run()).isEqualTo(Ending.ALL);
        assertThat(rehearsal.crashes("a")).hasSize(2);
    }

    @Test
    void rawDeviceGetsLogReportDumpAndManifestWhichCanBeExtracted() throws IOException {
        Path device = rehearsal.folder().resolve("sdz1");
        Files.write(device, new byte[96 << 20]);
        assertThat(rehearsal.to("sdz1").run()).isEqualTo(Ending.ALL);
        assertThat(new Rehearsal(rehearsal.folder()).to("sdz1").run()).isEqualTo(Ending.ALL);
        Path into = rehearsal.folder().resolve("extracted");
        try (RawDevice opened = RawDevice.open(device)) {
            assertThat(opened.index().folders()).hasSize(2);
            for (String crash : opened.index().folders()) {
                RawExtraction.Extracted extracted = new RawExtraction(opened, into).extract(crash);
                assertThat(extracted.problems()).isEmpty();
                assertThat(extracted.files())
                        .containsExactlyInAnyOrder(
                                "vmcore-dmesg.txt", "report.txt", "report.json", "vmcore", "manifest.json");
                assertThat(Verifier.verify(List.of(extracted.folder().resolve("vmcore")), (_, _) -> {})
                                .verdict())
                        .isEqualTo(Verdict.WHOLE);
            }
        }
    }

    @Test
    void rawDeviceWithoutRoomForTheLevelGetsTheSmallestDump() throws IOException {
        long needed = smallestDump();
        Path device = rehearsal.folder().resolve("sdz1");
        Files.write(device, new byte[(int) (needed + needed / 20 + (1 << 20))]);
        rehearsal.configured("core_collector makedumpfile -l -d 1");
        assertThat(rehearsal.to("sdz1").run()).isEqualTo(Ending.ALL);
    }
}
