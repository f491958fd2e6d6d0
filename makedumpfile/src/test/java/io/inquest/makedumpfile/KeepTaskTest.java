package io.inquest.makedumpfile;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.dump.PageState;
import io.inquest.kernel.Kernel;
import io.inquest.testkit.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `--keep-task`, with the pages that the live guest said its processes had.
class KeepTaskTest {

    @TempDir
    private Path directory;

    private CommandRun filter(String... options) throws IOException {
        List<String> words = new ArrayList<>(List.of("-d", "31"));
        words.addAll(List.of(options));
        words.add(Samples.unpack("6.12-d1").toString());
        words.add(directory.resolve("out").toString());
        return CommandRun.makedumpfile(words.toArray(String[]::new));
    }

    /// Frames of the workload's anonymous memory, none of which is zero.
    private static List<Long> framesOfTheWorkload() throws IOException {
        List<Long> frames = new ArrayList<>();
        for (String line : Files.readAllLines(Samples.truth("6.12-d1").resolve("workload.txt"))) {
            if (line.startsWith("page anon ") || line.startsWith("page mlock ")) {
                frames.add(Long.decode(line.substring(line.lastIndexOf(' ') + 1)));
            }
        }
        return frames;
    }

    private long stored() throws IOException {
        try (Kernel kernel = Kernel.open(directory.resolve("out"))) {
            return framesOfTheWorkload().stream()
                    .filter(pfn -> kernel.memory().state(pfn) == PageState.STORED)
                    .count();
        }
    }

    @Test
    void theMemoryOfANamedTaskStaysAtLevel31() throws IOException {
        assertThat(filter().exitCode()).isZero();
        long without = stored();

        CommandRun run = filter("-f", "--keep-task", "iq-mem");

        assertThat(run.exitCode()).as(run.out()).isZero();
        assertThat(without).isZero();
        assertThat(stored()).isEqualTo(framesOfTheWorkload().size());
    }

    @Test
    void aNameThatNobodyHasIsRefusedWithSomeThatThereAre() throws IOException {
        CommandRun run = filter("--keep-task", "nobody");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out() + run.err())
                .contains("--keep-task nobody: no task has that number or name (there are init, ");
        assertThat(directory.resolve("out")).doesNotExist();
    }
}
