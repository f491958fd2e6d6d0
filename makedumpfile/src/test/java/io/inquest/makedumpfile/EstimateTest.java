package io.inquest.makedumpfile;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.testkit.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `--estimate`, against dumps that were really made.
class EstimateTest {

    private static final List<String> CODECS = List.of("none", "zlib", "lzo", "snappy", "zstd");
    private static final List<String> OPTIONS = List.of("", "-c", "-l", "-p", "-z");

    @TempDir
    private Path folder;

    private static CommandRun makedumpfile(String... words) {
        List<String> all = new ArrayList<>();
        for (String word : words) {
            if (!word.isEmpty()) {
                all.add(word);
            }
        }
        CommandRun run = CommandRun.makedumpfile(all.toArray(String[]::new));
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        return run;
    }

    @ParameterizedTest
    @CsvSource({"6.12-d1, 0, 1", "6.12-d1, 31, 31", "6.1-d31, 0, 31", "7.2-d23-flat, 1, 23", "7.2-d23-flat, 31, 31"})
    void everySizeIsWithinATenthOfTheTruth(String sample, String level, int applied) throws IOException {
        String vmcore = Samples.unpack(sample).toString();
        String estimate =
                makedumpfile("--estimate", "--json", "-d", level, vmcore).out();

        for (int codec = 0; codec < CODECS.size(); codec++) {
            Path made = folder.resolve("made");
            makedumpfile("-f", OPTIONS.get(codec), "-d", level, vmcore, made.toString());
            String row = "{\"level\":" + applied + ",\"compression\":\"" + CODECS.get(codec) + "\",";
            long estimated = number(estimate, row, "\"bytes\":");
            long truth = Files.size(made);
            assertThat(Math.abs(estimated - truth))
                    .as("%s: %d bytes estimated, %d true", CODECS.get(codec), estimated, truth)
                    .isLessThan(truth / 10);
        }
    }

    private static long number(String text, String... before) {
        int at = 0;
        for (String each : before) {
            int found = text.indexOf(each, at);
            assertThat(found).as(each + " in " + text).isNotNegative();
            at = found + each.length();
        }
        int end = at;
        while (Character.isDigit(text.charAt(end))) {
            end++;
        }
        return Long.parseLong(text.substring(at, end));
    }

    @Test
    void tableHasEachLevelWithEachCodec() throws IOException {
        String table =
                makedumpfile("--estimate", Samples.unpack("6.12-d1").toString()).out();

        assertThat(table).contains("LEVEL  OPTION  CODEC ").contains("   31  -c      zlib  ");
        assertThat(table.lines().filter(line -> line.contains("zstd"))).hasSize(3);
    }

    @Test
    void theSameInputGivesTheSameSizes() throws IOException {
        String vmcore = Samples.unpack("6.12-d1").toString();

        assertThat(sizes(
                        makedumpfile("--estimate", "--json", "-d", "31", vmcore).out()))
                .hasSize(CODECS.size())
                .isEqualTo(sizes(
                        makedumpfile("--estimate", "--json", "-d", "31", vmcore).out()));
    }

    private static List<Long> sizes(String json) {
        List<Long> sizes = new ArrayList<>();
        for (String codec : CODECS) {
            sizes.add(number(json, "\"compression\":\"" + codec + "\"", "\"bytes\":"));
        }
        return sizes;
    }

    @Test
    void dumpThatTellsNothingOfItsKernelHasTwoLevels() throws IOException {
        Path core = SyntheticCore.write(folder);

        assertThat(makedumpfile("--estimate", "--json", core.toString()).out())
                .contains("{\"level\":0,")
                .contains("{\"level\":1,")
                .doesNotContain("{\"level\":31,");
    }

    @Test
    void anElfCoreIsNotEstimated() {
        CommandRun run = CommandRun.makedumpfile("--estimate", "-E", "A");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).startsWith("--estimate cannot be used with -E.\n");
    }
}
