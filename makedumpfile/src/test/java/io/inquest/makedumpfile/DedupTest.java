package io.inquest.makedumpfile;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.testkit.KeptPages;
import io.inquest.testkit.Samples;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `--dedup`: pages that are the same are stored once. [KeptPages] reads dumps by itself.
class DedupTest {

    @TempDir
    private Path folder;

    private Path make(String name, String... words) {
        Path output = folder.resolve(name);
        String[] all = new String[words.length + 1];
        System.arraycopy(words, 0, all, 0, words.length);
        all[words.length] = output.toString();
        CommandRun run = CommandRun.makedumpfile(all);
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        return output;
    }

    @ParameterizedTest
    @ValueSource(strings = {"-c", "-l", "-p", "-z", "--plain"})
    void equalPagesAreStoredOnceAndAllPagesAreThere(String option) throws Exception {
        String sample = Samples.unpack("6.12-d1").toString();
        Path each = make("each", option, sample);
        Path once = make("once", option, "--dedup", sample);

        assertThat(KeptPages.of(once)).isEqualTo(KeptPages.of(each));
        assertThat(Files.size(once)).isLessThan(Files.size(each));
    }

    @Test
    void anyNumberOfThreadsGivesTheSameBytes() throws Exception {
        String sample = Samples.unpack("6.1-d31").toString();
        Path one = make("1", "--dedup", "-l", "--num-threads", "1", sample);

        for (int threads = 2; threads <= 4; threads++) {
            Path many = make("many" + threads, "--dedup", "-l", "--num-threads", "" + threads, sample);
            assertThat(Files.mismatch(one, many)).isNegative();
        }
    }

    @Test
    void aDumpMadeOfItHoldsTheSamePages() throws Exception {
        String sample = Samples.unpack("6.12-d1").toString();
        Path once = make("once", "-z", "--dedup", sample);

        assertThat(KeptPages.of(make("small", "-c", "-d", "31", once.toString())))
                .isEqualTo(KeptPages.of(make("direct", "-d", "31", sample)));
    }

    @Test
    void partsShareTheirOwnPagesAndGoOnToDoSoTogether() throws Exception {
        String sample = Samples.unpack("6.12-d1").toString();
        Path each = make("each", "-l", sample);
        String first = folder.resolve("1").toString();
        Path second = make("2", "-l", "--dedup", "--split", "--splitblock-size", "4096", sample, first);

        Path whole = make("whole", "--reassemble", first, second.toString());

        assertThat(KeptPages.of(whole)).isEqualTo(KeptPages.of(each));
        assertThat(Files.size(whole)).isLessThan(Files.size(each));
    }

    @Test
    void reportTellsHowManyPagesShare() throws Exception {
        String sample = Samples.unpack("6.1-d31").toString();
        CommandRun run = CommandRun.makedumpfile(
                "--dedup", "--show-stats", sample, folder.resolve("once").toString());

        assertThat(run.out()).containsPattern("\n[1-9][0-9]* pages share the bytes of an equal one\n");
    }

    @Test
    void anElfCoreHasNoDescriptorsToShareBy() {
        CommandRun run = CommandRun.makedumpfile("--dedup", "-E", "A", "B");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).startsWith("--dedup cannot be used with -E.\n");
    }
}
