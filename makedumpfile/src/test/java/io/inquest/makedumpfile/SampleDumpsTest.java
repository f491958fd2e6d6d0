package io.inquest.makedumpfile;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.testkit.KeptPages;
import io.inquest.testkit.Samples;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The commands on the real dumps of `samples/`, against what makedumpfile, vmcore-dmesg and the kernels themselves
/// said.
class SampleDumpsTest {

    private static final String RECORDING = "6.12-d1/reference/makedumpfile-1.7.8-kept.txt";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 7, 8, 15, 16, 31})
    void keepsThePagesThatMakedumpfileKeeps(int level) throws Exception {
        Path output = folder.resolve("kept");

        run("-d", String.valueOf(level), Samples.unpack("6.12-d1").toString(), output.toString());

        assertThat(KeptPages.of(output)).isEqualTo(KeptPages.recorded(RECORDING, level));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-c", "-l", "-p", "-z"})
    void filteringAgainKeepsEveryPage(String codec) throws Exception {
        Path sample = Samples.unpack("6.1-d31");
        Path output = folder.resolve("again");

        run(codec, "-d", "31", sample.toString(), output.toString());

        assertThat(KeptPages.of(output)).isEqualTo(KeptPages.of(sample));
        assertThat(Files.size(output)).isLessThan(Files.size(sample) / 2);
    }

    @ParameterizedTest
    @CsvSource({"-c, --deflate-level, 12", "-z, --zstd-level, 19"})
    void theHighestLevelKeepsEveryPageInNoMoreBytes(String codec, String option, String level) throws Exception {
        Path sample = Samples.unpack("6.1-d31");
        Path usual = folder.resolve("usual");
        Path small = folder.resolve("small");

        run(codec, sample.toString(), usual.toString());
        run(codec, option, level, sample.toString(), small.toString());

        assertThat(KeptPages.of(small)).isEqualTo(KeptPages.of(sample));
        assertThat(Files.size(small)).isLessThanOrEqualTo(Files.size(usual));
    }

    @Test
    void filteringAgainCountsWhatWasLeftOutBeforeAndDoesNotMissIt() throws Exception {
        String sample = Samples.unpack("6.12-d1").toString();
        String first = folder.resolve("first").toString();
        run("-d", "31", sample, first);

        CommandRun direct = CommandRun.makedumpfile("--dry-run", "--show-stats", "-d", "31", sample, "DRY");
        CommandRun again = CommandRun.makedumpfile("--dry-run", "--show-stats", "-d", "31", first, "DRY");

        assertThat(again.err()).doesNotContain("WARNING");
        assertThat(counts(again.out())).isEqualTo(counts(direct.out())).hasSize(13);
    }

    private static List<String> counts(String report) {
        return report.lines()
                .filter(line -> line.contains(": 0x") || line.contains("reduced to"))
                .toList();
    }

    @Test
    void rearrangedFileIsThatOfMakedumpfile() throws Exception {
        Path output = folder.resolve("rearranged");

        try (InputStream flattened = Files.newInputStream(Samples.unpack("7.2-d23-flat"))) {
            run(flattened, OutputStream.nullOutputStream(), "-R", output.toString());
        }

        assertThat(sha256(output)).isEqualTo(Samples.recordedChecksum("7.2-d23-flat", "rearranged"));
    }

    @Test
    void flattenedSampleIsReadWithoutRearranging() throws Exception {
        Path rearranged = folder.resolve("rearranged");
        Path output = folder.resolve("output");
        Path sample = Samples.unpack("7.2-d23-flat");
        try (InputStream flattened = Files.newInputStream(sample)) {
            run(flattened, OutputStream.nullOutputStream(), "-R", rearranged.toString());
        }

        run("-l", "-d", "23", sample.toString(), output.toString());

        assertThat(KeptPages.of(output)).isEqualTo(KeptPages.of(rearranged));
    }

    @Test
    void flatteningAndRearrangingGivesTheSameBytesAsWritingDirectly() throws Exception {
        String sample = Samples.unpack("6.1-d31").toString();
        Path direct = folder.resolve("direct");
        Path stream = folder.resolve("stream");
        Path rearranged = folder.resolve("rearranged");

        run("-l", "-d", "31", sample, direct.toString());
        try (OutputStream out = Files.newOutputStream(stream)) {
            run(InputStream.nullInputStream(), out, "-l", "-F", "-d", "31", sample);
        }
        try (InputStream in = Files.newInputStream(stream)) {
            run(in, OutputStream.nullOutputStream(), "-R", rearranged.toString());
        }

        assertThat(Files.mismatch(direct, rearranged)).isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2", "5"})
    void anyNumberOfThreadsGivesTheSameBytes(String threads) throws Exception {
        String sample = Samples.unpack("6.1-d31").toString();
        Path direct = folder.resolve("direct");
        Path threaded = folder.resolve("threaded");

        run("-z", "-d", "31", sample, direct.toString());
        run("-z", "-d", "31", "--num-threads", threads, sample, threaded.toString());

        assertThat(Files.mismatch(direct, threaded)).isEqualTo(-1);
    }

    @Test
    void reassembledPartsHoldThePagesOfTheWhole() throws Exception {
        Path sample = Samples.unpack("6.1-d31");
        String[] parts = {
            folder.resolve("1").toString(),
            folder.resolve("2").toString(),
            folder.resolve("3").toString()
        };
        Path whole = folder.resolve("whole");

        run("-l", "-d", "31", "--splitblock-size", "4096", "--split", sample.toString(), parts[0], parts[1], parts[2]);
        run("--reassemble", parts[1], parts[2], parts[0], whole.toString());

        assertThat(KeptPages.of(whole)).isEqualTo(KeptPages.of(sample));
    }

    @ParameterizedTest
    @ValueSource(strings = {"6.12-d1", "6.1-d31", "7.2-d23-flat"})
    void logIsThatOfVmcoreDmesgAndBeginsWithTheKernelsOwn(String sample) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();

        int exit = VmcoreDmesgCommand.run(
                new String[] {Samples.unpack(sample).toString()}, new Streams(InputStream.nullInputStream(), out, err));

        assertThat(exit).as(err.toString(StandardCharsets.UTF_8)).isZero();
        List<String> log = out.toString(StandardCharsets.UTF_8).lines().toList();
        Path truth = Samples.truth(sample);
        assertThat(log)
                .isEqualTo(Files.readAllLines(truth.resolve("vmcore-dmesg.txt")))
                .anyMatch(line -> line.contains("Kernel panic - not syncing: sysrq triggered crash"));
        // dmesg(1) repeats the time on each line of a record of several, vmcore-dmesg(8) does not.
        assertThat(withoutTimes(log))
                .startsWith(withoutTimes(Files.readAllLines(truth.resolve("dmesg.txt")))
                        .toArray(String[]::new));
    }

    @Test
    void dumpDmesgWritesTheSameLogWithCallers() throws Exception {
        Path log = folder.resolve("log");

        run("--dump-dmesg", Samples.unpack("6.1-d31").toString(), log.toString());

        assertThat(log).content().contains("] [      T1] Kernel panic - not syncing");
        assertThat(texts(Files.readAllLines(log)))
                .isEqualTo(texts(Files.readAllLines(Samples.truth("6.1-d31").resolve("vmcore-dmesg.txt"))));
    }

    private static void run(String... args) throws IOException {
        run(InputStream.nullInputStream(), OutputStream.nullOutputStream(), args);
    }

    private static void run(InputStream in, OutputStream out, String... args) throws IOException {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        List<String> all = new ArrayList<>(List.of("--message-level", "5"));
        all.addAll(List.of(args));

        int exit = MakedumpfileCommand.run(all.toArray(String[]::new), new Streams(in, out, err));

        assertThat(exit).as(err.toString(StandardCharsets.UTF_8)).isEqualTo(ExitCode.COMPLETED);
    }

    private static List<String> withoutTimes(List<String> lines) {
        return lines.stream()
                .map(line -> line.replaceFirst("^\\[ *[0-9.]+] ", ""))
                .toList();
    }

    private static List<String> texts(List<String> lines) {
        return withoutTimes(lines).stream()
                .map(line -> line.replaceFirst("^\\[ *[TC][0-9]+] ", "").strip())
                .toList();
    }

    private static String sha256(Path file) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
