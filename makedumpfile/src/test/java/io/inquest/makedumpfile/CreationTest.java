package io.inquest.makedumpfile;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.dump.Dump;
import io.inquest.dump.Dumps;
import io.inquest.dump.PageBitmap;
import io.inquest.dump.PageState;
import io.inquest.dump.Warnings;
import io.inquest.testkit.PagePattern;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The main work on a synthetic dump, from the command line to the bytes of the result.
class CreationTest {

    @TempDir
    private Path directory;

    private Path core;

    @BeforeEach
    void writeCore() throws IOException {
        core = SyntheticCore.write(directory);
    }

    private CommandRun run(String options, String... files) {
        List<String> words = new ArrayList<>(options.isEmpty() ? List.of() : List.of(options.split(" ")));
        words.add(core.toString());
        for (String file : files) {
            words.add(at(file).toString());
        }
        return CommandRun.makedumpfile(words.toArray(String[]::new));
    }

    private Path at(String file) {
        return directory.resolve(file);
    }

    private void assertHoldsAllPages(String file) throws IOException {
        try (Dump dump = Dumps.open(List.of(at(file)), Warnings.NONE)) {
            assertThat(dump.completeness().remarks()).isEmpty();
            for (int page = 0; page < SyntheticCore.FIRST_PAGES; page++) {
                boolean zero = page >= 200 && page < 600;
                assertPage(dump, page, zero);
            }
            for (int page = 0; page < SyntheticCore.SECOND_PAGES; page++) {
                assertPage(dump, SyntheticCore.SECOND_PFN + page, page >= 50 && page < 60);
            }
            assertThat(dump.memory().state(900)).isEqualTo(PageState.ABSENT);
        }
    }

    private static void assertPage(Dump dump, int pfn, boolean zero) throws IOException {
        ByteBuffer page = ByteBuffer.allocate(SyntheticCore.PAGE_BYTES);
        dump.memory().read((long) pfn * SyntheticCore.PAGE_BYTES, page);
        byte[] expected = zero ? new byte[SyntheticCore.PAGE_BYTES] : PagePattern.of(pfn, SyntheticCore.PAGE_BYTES);
        assertThat(page.array()).as("pfn %d", pfn).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-d 0", "-d 1", "-c -d 0", "-c -d 1", "-l -d 1", "-p -d 1", "-z -d 1", "--plain -z -d 1"})
    void dumpHoldsAllPagesInEachCodec(String options) throws IOException {
        CommandRun run = run(options, "out");

        assertThat(run.out()).isEqualTo("\nThe dumpfile is saved to " + at("out") + ".\n\nmakedumpfile Completed.\n");
        assertThat(run.exitCode()).isZero();
        assertHoldsAllPages("out");
    }

    @Test
    void elfFileLeavesOutLongRunsOfZerosOnly() throws IOException {
        assertThat(run("-E -d 1", "out").exitCode()).isZero();

        try (Dump dump = Dumps.open(List.of(at("out")), Warnings.NONE)) {
            assertThat(dump.memory().segments()).hasSize(3);
            assertThat(dump.memory().state(300)).isEqualTo(PageState.EXCLUDED);
            assertPage(dump, 199, false);
            assertPage(dump, 600, false);
            assertPage(dump, SyntheticCore.SECOND_PFN + 55, true);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-d 1", "-c -d 0", "-z -d 1", "-l -d 1 --plain"})
    void anyNumberOfThreadsGivesTheSameBytes(String options) throws IOException {
        run(options, "default");
        for (int threads : new int[] {0, 1, 2, 7}) {
            run(options + " --num-threads " + threads, "threads" + threads);
            assertThat(at("threads" + threads)).hasSameBinaryContentAs(at("default"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-d 1", "-c -d 1", "-E -d 1", "-E -d 0", "-z -d 0 --plain"})
    void rearrangedStreamIsTheFile(String options) throws IOException {
        run(options, "file");
        CommandRun stream = run("-F " + options);
        CommandRun rearranged =
                CommandRun.makedumpfile(stream.data(), "-R", at("rearranged").toString());

        assertThat(stream.err()).contains("The dumpfile is saved to STDOUT.").contains("makedumpfile Completed.");
        assertThat(rearranged.out()).contains("The dumpfile is saved to " + at("rearranged") + ".");
        assertThat(at("rearranged")).hasSameBinaryContentAs(at("file"));
    }

    @Test
    void cutStreamIsAnErrorAtOnceAndLeavesAnIncompleteFile() throws IOException {
        byte[] stream = run("-F -d 0").data();
        byte[] cut = Arrays.copyOf(stream, stream.length / 2);
        CommandRun rearranged = CommandRun.makedumpfile(cut, "-R", at("cut").toString());

        assertThat(rearranged.exitCode()).isEqualTo(1);
        assertThat(rearranged.err()).startsWith("rearrange_dumpdata: STDIN: the flattened stream ends at byte ");
        assertIncomplete("cut");
    }

    @Test
    void emptyStreamIsAnErrorAtOnce() {
        CommandRun rearranged =
                CommandRun.makedumpfile(new byte[0], "-R", at("empty").toString());

        assertThat(rearranged.exitCode()).isEqualTo(1);
        assertThat(rearranged.err()).startsWith("rearrange_dumpdata: STDIN: ");
    }

    private void assertIncomplete(String file) throws IOException {
        try (Dump dump = Dumps.open(List.of(at(file)), Warnings.NONE)) {
            assertThat(dump.completeness().complete()).isFalse();
        }
    }

    @Test
    void reassembledPartsAreTheFileInWhateverOrderTheyAreGiven() {
        run("-c -d 1", "whole");
        CommandRun split = run("--split --splitblock-size 512 -c -d 1", "part1", "part2", "part3");
        CommandRun joined = CommandRun.makedumpfile(
                "--reassemble",
                at("part3").toString(),
                at("part1").toString(),
                at("part2").toString(),
                at("joined").toString());

        assertThat(split.out())
                .contains("The dumpfiles are saved to " + at("part1") + ", " + at("part2") + ", and " + at("part3"));
        assertThat(joined.exitCode()).isZero();
        assertThat(at("joined")).hasSameBinaryContentAs(at("whole"));
    }

    @Test
    void missingPartIsNamedByItsFrames() {
        run("--split --splitblock-size 512 -d 1", "part1", "part2");
        CommandRun joined = CommandRun.makedumpfile(
                "--reassemble", at("part2").toString(), at("joined").toString());

        assertThat(joined.err()).contains("There is not dumpfile corresponding to pfn 0x0 - ");
        assertThat(joined.exitCode()).isEqualTo(1);
    }

    @Test
    void onePartIsNotTakenForAWholeDump() {
        run("--split --splitblock-size 512 -d 1", "part1", "part2");
        CommandRun run = CommandRun.makedumpfile(
                "-d", "1", at("part1").toString(), at("out").toString());

        assertThat(run.err()).contains("is one part of a split dump");
        assertThat(at("out")).doesNotExist();
    }

    @Test
    void sizeLimitAnywhereLeavesADumpThatSaysItIsIncomplete() throws IOException {
        run("-d 0", "whole");
        long whole = Files.size(at("whole"));
        for (long limit = 20_000; limit < whole; limit += whole / 23) {
            CommandRun run = run("-f -d 0 -L " + limit, "limited");

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.out())
                    .isEqualTo("\nCan't write the dump file(" + at("limited") + "). Size limit(" + limit
                            + ") reached.\nThis is an incomplete dumpfile, but might analyzable.\n"
                            + "\nmakedumpfile Failed.\n");
            assertThat(Files.size(at("limited"))).isLessThanOrEqualTo(limit);
            assertDescribedPagesAreRight("limited");
        }
    }

    private void assertDescribedPagesAreRight(String file) throws IOException {
        try (Dump dump = Dumps.open(List.of(at(file)), Warnings.NONE)) {
            assertThat(dump.completeness().complete()).isFalse();
            PageBitmap promised = PageBitmap.of(0, 1024);
            dump.memory().markStored(promised);
            for (int pfn = (int) promised.nextSet(0); pfn < 700; pfn = (int) promised.nextSet(pfn + 1)) {
                if (dump.memory().state(pfn).readable()) {
                    assertPage(dump, pfn, pfn >= 200 && pfn < 600);
                }
            }
        }
    }

    @Test
    void nextLevelOfTheListIsTriedWhenTheFirstDoesNotFit() throws IOException {
        run("-d 1", "small");
        CommandRun run = run("-d 0,1 -L " + Files.size(at("small")), "out");

        assertThat(run.out())
                .contains("Retry to create a dumpfile by dump_level(1).")
                .endsWith("Completed.\n");
        assertThat(at("out")).hasSameBinaryContentAs(at("small"));
    }

    @Test
    void streamOfALevelListBeginsOnlyWhenItIsKnownToFit() throws IOException {
        byte[] small = run("-F -d 1").data();
        CommandRun run = run("-F -d 0,1 -L " + small.length);

        assertThat(run.data()).isEqualTo(small);
        assertThat(run.err())
                .contains("Retry to create a dumpfile by dump_level(1).")
                .endsWith("Completed.\n");
    }

    @Test
    void dryRunWritesNothingAndCountsTheSame() {
        CommandRun real = run("-c -d 1 --message-level 16", "real");
        CommandRun dry = run("-c -d 1 --message-level 16 --dry-run", "dry");

        assertThat(withoutTimes(dry)).isEqualTo(withoutTimes(real)).contains("Write bytes     : ");
        assertThat(at("dry")).doesNotExist();
    }

    private static String withoutTimes(CommandRun run) {
        return run.out().replaceAll("STEP \\[.*seconds\\n", "");
    }

    @Test
    void reportTellsHowLongEachStepTook() {
        assertThat(run("-d 1 --message-level 16", "out").out().lines().limit(3).toList())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .matches("STEP \\[Excluding unnecessary pages\\] : \\d+\\.\\d{6} seconds"),
                        line -> assertThat(line)
                                .matches("STEP \\[Copying data               \\] : \\d+\\.\\d{6} seconds"),
                        line -> assertThat(line).isEmpty());
    }

    @Test
    void reportCountsEachFrameOnce() {
        String report = withoutTimes(run("-d 1 --message-level 16", "out"));

        assertThat(report).startsWith("""

                Original pages  : 0x00000000000003e8
                  Excluded pages   : 0x000000000000019a
                    Pages filled with zero  : 0x000000000000019a
                    Non-private cache pages : 0x0000000000000000
                """);
        assertThat(report).contains("""
                  Remaining pages  : 0x000000000000024e
                  (The number of pages is reduced to 59%.)
                Memory Hole     : 0x0000000000000144
                --------------------------------------------------
                Total pages     : 0x000000000000052c
                Write bytes     :\s""");
    }

    @Test
    void progressIsALineOnStandardError() {
        String progress = run("-d 1", "out").err();

        assertThat(progress)
                .startsWith("\rChecking for memory holes                         : [  0.0 %] /                  \r")
                .endsWith("\rCopying data                                      : [100.0 %] -           eta: 0s\n");
    }

    @Test
    void existingFileIsKeptWithoutForce() throws IOException {
        Files.writeString(at("out"), "precious");
        CommandRun refused = run("-d 1", "out");

        assertThat(refused.err())
                .isEqualTo("check_dump_file: Can't open the dump file (" + at("out") + "). File exists\n");
        assertThat(refused.out()).isEqualTo("\nmakedumpfile Failed.\n");
        assertThat(at("out")).hasContent("precious");
        assertThat(run("-f -d 1", "out").exitCode()).isZero();
    }

    @Test
    void missingInputAndUnknownInputAreToldApart() throws IOException {
        Files.writeString(at("text"), "no dump at all");
        CommandRun missing =
                CommandRun.makedumpfile(at("nowhere").toString(), at("out").toString());
        CommandRun unknown =
                CommandRun.makedumpfile(at("text").toString(), at("out").toString());

        assertThat(missing.err())
                .isEqualTo("open_dump_memory: Can't open the dump memory(" + at("nowhere")
                        + "). No such file or directory\n");
        assertThat(unknown.err()).startsWith("check_elf_format: " + at("text"));
        assertThat(unknown.exitCode()).isEqualTo(1);
        assertThat(CommandRun.makedumpfile(folder(), at("out").toString()).err())
                .isEqualTo("check_elf_format: Can't read " + folder() + ". Is a directory\n");
    }

    private String folder() {
        return at(".").toString();
    }

    @Test
    void levelThatNeedsTheKernelIsRefusedWithoutVmcoreinfo() {
        CommandRun run = run("-d 31", "out");

        assertThat(run.err()).startsWith(core + " doesn't contain vmcoreinfo.\nSpecify '-x' option or '-i' option.\n");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(at("out")).doesNotExist();
    }

    @Test
    void filteringAgainAddsToTheLevelOfTheInput() throws IOException {
        run("-c -d 1", "first");
        CommandRun again = CommandRun.makedumpfile(
                "-l", "-d", "0", at("first").toString(), at("again").toString());
        run("-l -d 1", "direct");

        assertThat(again.out()).startsWith("dump_level is changed to 1, because " + at("first"));
        assertHoldsAllPages("again");
        try (Dump one = Dumps.open(List.of(at("again")), Warnings.NONE);
                Dump two = Dumps.open(List.of(at("direct")), Warnings.NONE)) {
            assertThat(one.header().dumpLevel()).isEqualTo(two.header().dumpLevel());
        }
    }

    @Test
    void elfOfAKdumpCompressedFileIsRefused() {
        run("-d 1", "first");
        CommandRun run =
                CommandRun.makedumpfile("-E", at("first").toString(), at("out").toString());

        assertThat(run.err())
                .isEqualTo("'-E' option is disabled, because " + at("first") + " is kdump compressed format.\n");
    }

    @Test
    void pageThatTheInputLostStaysLostAndTheDumpSaysSo() throws IOException {
        run("-d 0", "whole");
        run("-f -d 0 -L " + Files.size(at("whole")) / 2, "half");
        CommandRun again =
                CommandRun.makedumpfile("-c", at("half").toString(), at("again").toString());

        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.err()).contains("pages could not be read; the dump is marked as incomplete");
        assertDescribedPagesAreRight("again");
        try (Dump dump = Dumps.open(List.of(at("again")), Warnings.NONE)) {
            assertThat(dump.memory().state(SyntheticCore.SECOND_PFN + 299)).isEqualTo(PageState.LOST);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-l -d 1", "-E -d 1", "--split -d 1"})
    void dumpOfADumpThatIsCutInItsHeadersIsIncompleteToo(String options) throws IOException {
        Path cut = at("cut");
        Files.write(cut, Arrays.copyOf(Files.readAllBytes(core), 4096));
        List<String> words = new ArrayList<>(List.of(options.split(" ")));
        words.addAll(List.of(cut.toString(), at("out").toString()));
        if (options.startsWith("--split")) {
            words.add(at("out2").toString());
        }
        CommandRun run = CommandRun.makedumpfile(words.toArray(String[]::new));

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).endsWith("makedumpfile Failed.\n");
        assertIncomplete("out");
    }

    @Test
    void dumpOfWhichNoPageIsLeftIsNotTakenForAWholeOne() throws IOException {
        run("-d 0", "whole");
        Path cut = at("cut");
        Files.write(cut, Arrays.copyOf(Files.readAllBytes(at("whole")), 3 * 4096));
        CommandRun run = CommandRun.makedumpfile(
                "-l", "-d", "1", cut.toString(), at("out").toString());

        assertThat(run.err()).contains(cut + " is incomplete, so the dump is, too, and is marked as incomplete\n");
        assertThat(run.out()).doesNotContain("saved to").endsWith("makedumpfile Failed.\n");
        assertThat(run.exitCode()).isEqualTo(1);
        assertIncomplete("out");
    }
}
