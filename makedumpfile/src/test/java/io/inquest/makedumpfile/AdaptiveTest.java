package io.inquest.makedumpfile;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.dump.Dump;
import io.inquest.dump.Dumps;
import io.inquest.dump.PageState;
import io.inquest.dump.Warnings;
import io.inquest.testkit.KeptPages;
import io.inquest.testkit.Samples;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `--adaptive`: how pages are stored depends on time; which pages, and what is in them, does not.
class AdaptiveTest {

    @TempDir
    private Path folder;

    private Path make(String name, String... words) {
        Path output = folder.resolve(name);
        String[] all = Arrays.copyOf(words, words.length + 1);
        all[words.length] = output.toString();
        CommandRun run = CommandRun.makedumpfile(all);
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        return output;
    }

    /// A checksum of all pages that are there.
    private static long contents(Path... parts) throws Exception {
        CRC32C checksum = new CRC32C();
        ByteBuffer page = ByteBuffer.allocate(4096);
        PageState[] state = new PageState[1];
        try (Dump dump = Dumps.open(List.of(parts), Warnings.NONE)) {
            assertThat(dump.completeness().complete()).isTrue();
            for (long pfn = 0; pfn < dump.memory().endPfn(); pfn++) {
                dump.memory().readPages(pfn, 1, page.clear(), state);
                if (state[0].readable()) {
                    checksum.update(ByteBuffer.allocate(Long.BYTES).putLong(0, pfn));
                    checksum.update(page.flip());
                }
            }
        }
        return checksum.getValue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-c", "-l", "-p", "-z", "-zd1", "-lfL1T"})
    void pagesAreTheSameHoweverTheyAreStored(String options) throws Exception {
        String sample = Samples.unpack("6.1-d31").toString();
        Path all = make("all", options, sample);
        Path adaptive = make("adaptive", options, "--adaptive", sample);

        assertThat(KeptPages.of(adaptive)).isEqualTo(KeptPages.of(all));
        assertThat(contents(adaptive)).isEqualTo(contents(all));
    }

    @ParameterizedTest
    @CsvSource({"--dedup", "--low-memory", "--num-threads=1", "--plain"})
    void goesWithOtherOptions(String option) throws Exception {
        String sample = Samples.unpack("6.1-d31").toString();

        assertThat(contents(make("adaptive", "-l", "--adaptive", option, sample)))
                .isEqualTo(contents(make("all", "-l", sample)));
    }

    @Test
    void partsHoldTheSamePages() throws Exception {
        String sample = Samples.unpack("6.1-d31").toString();
        Path first = folder.resolve("1");
        Path second = make("2", "-z", "--adaptive", "--split", "--splitblock-size", "4096", sample, first.toString());

        assertThat(contents(first, second)).isEqualTo(contents(make("all", "-z", sample)));
    }

    @Test
    void aStreamHoldsTheSamePages() throws Exception {
        String sample = Samples.unpack("6.1-d31").toString();
        CommandRun run = CommandRun.makedumpfile("-F", "-l", "--adaptive", sample);
        assertThat(run.exitCode()).as(run.err()).isZero();
        Path stream = Files.write(folder.resolve("stream"), run.data());

        assertThat(contents(stream)).isEqualTo(contents(make("all", "-l", sample)));
    }

    /// The pages would fit as they are, but not with all that describes them. A level that is tried before
    /// it is sent is judged as it will be sent.
    @Test
    void roomForThePagesAloneIsNotEnough() throws Exception {
        String sample = Samples.unpack("6.1-d31").toString();
        Path raw = make("raw", sample);
        long pageBytes = 4096L * KeptPages.of(raw).size();
        String limit = Long.toString(pageBytes + (Files.size(raw) - pageBytes) / 2);
        Path all = make("all", "-l", sample);
        Path adaptive = make("adaptive", "-l", "--adaptive", "-L", limit, sample);

        assertThat(Files.mismatch(all, adaptive)).isNegative();

        CommandRun stream = CommandRun.makedumpfile("-F", "-l", "--adaptive", "-L", limit, "-d", "0,31", sample);
        assertThat(stream.exitCode()).as(stream.err()).isZero();
        assertThat(stream.err()).doesNotContain("Retry");
    }

    @Test
    void pagesThatHaveNoRoomAsTheyAreArePackedWhateverTime() throws Exception {
        String sample = Samples.unpack("6.1-d31").toString();
        Path all = make("all", "-l", sample);
        String limit = Long.toString(Files.size(all));
        Path adaptive = make("adaptive", "-l", "--adaptive", "-L", limit, sample);

        assertThat(Files.mismatch(all, adaptive)).isNegative();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-E | --adaptive cannot be used with -E.",
                "-d31 | --adaptive needs -c, -l, -p or -z.",
                "-c --dry-run | --adaptive cannot be used with --dry-run: what it packs depends on the disk.",
            })
    void whereItMakesNoSenseItIsRefused(String options, String line) {
        CommandRun run = CommandRun.makedumpfile((options + " --adaptive A B").split(" ", -1));

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).startsWith(line + "\n");
    }
}
