package io.inquest.makedumpfile;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.testkit.Samples;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `--low-memory` and `--memory-plan`.
class LowMemoryTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"-l", "-E"})
    void lowMemoryGivesTheSameBytes(String form) throws Exception {
        String input = form.equals("-E")
                ? SyntheticCore.write(folder).toString()
                : Samples.unpack("6.12-d1").toString();
        Path usual = folder.resolve("usual");
        Path low = folder.resolve("low");

        assertThat(CommandRun.makedumpfile(form, "-d", "1", input, usual.toString())
                        .exitCode())
                .isZero();
        assertThat(CommandRun.makedumpfile("--low-memory", form, "-d", "1", input, low.toString())
                        .exitCode())
                .isZero();

        assertThat(Files.mismatch(usual, low)).isNegative();
    }

    @Test
    void planOfAHugeMachineIsHardlyLargerThanThatOfALargeOne() {
        assertThat(total("1T")).isLessThan(128L << 20);
        assertThat(total("12T")).isEqualTo(total("1T"));
        assertThat(total("12T", "--low-memory")).isLessThan(total("12T")).isLessThan(total("1T", "--dedup"));
    }

    private static long total(String size, String... options) {
        String[] words = new String[options.length + 5];
        System.arraycopy(options, 0, words, 0, options.length);
        System.arraycopy(
                new String[] {"--memory-plan", "--json", "--num-threads", "2", size}, 0, words, options.length, 5);
        CommandRun run = CommandRun.makedumpfile(words);
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        String before = "\"totalBytes\":";
        int at = run.out().indexOf(before) + before.length();
        return Long.parseLong(run.out(), at, run.out().indexOf('}', at), 10);
    }

    @Test
    void planOfAnotherMachineTakesTheThreadsGiven() {
        assertThat(CommandRun.makedumpfile("--num-threads", "64", "--memory-plan", "12T")
                        .out())
                .startsWith("\nTo dump a machine of 12.0 TiB with 64 threads takes at most:\n");
    }

    @Test
    void planNamesItsPartsAndTheirSum() {
        assertThat(CommandRun.makedumpfile("--memory-plan", "64G").out())
                .startsWith("\nTo dump a machine of 64.0 GiB with ")
                .contains("  the JVM, its classes and machine code\n")
                .contains("  all together\n");
        assertThat(CommandRun.makedumpfile("--memory-plan").exitCode()).isZero();
    }

    @Test
    void whatIsNoSizeIsRefused() {
        CommandRun run = CommandRun.makedumpfile("--memory-plan", "large");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).startsWith("Size(large) is invalid.\n");
    }
}
