package io.inquest.makedumpfile;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.testkit.Samples;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `--mem-usage` of dumps.
class MemoryUsageTest {

    @TempDir
    private Path directory;

    private static CommandRun usage(String... words) {
        List<String> all = new ArrayList<>(List.of("--mem-usage"));
        all.addAll(List.of(words));
        return CommandRun.makedumpfile(all.toArray(String[]::new));
    }

    private Path machine() throws IOException {
        return new SyntheticMachine().counts(SyntheticMachine.FREE_FRAMES).write(directory);
    }

    /// The words, tabs and widths of makedumpfile.
    @Test
    void tableHasTheShapeOfMakedumpfile() throws IOException {
        CommandRun run = usage(machine().toString());

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isEqualTo("\nTYPE\t\tPAGES\t\t\tEXCLUDABLE\tDESCRIPTION\n" + "-".repeat(70) + """

                ZERO\t\t0               \tyes\t\tPages filled with zero
                NON_PRI_CACHE\t1               \tyes\t\tCache pages without private flag
                PRI_CACHE\t0               \tyes\t\tCache pages with private flag
                USER\t\t1               \tyes\t\tUser process pages
                FREE\t\t16              \tyes\t\tFree pages
                KERN_DATA\t378             \tno\t\tDumpable kernel data\s

                page size:\t\t4096           \s
                Total pages on system:\t396            \s
                Total size on system:\t1622016          Byte

                """);
    }

    @Test
    void pagesAreAlsoToldAsJson() throws IOException {
        CommandRun run = usage("--json", "--message-level", "0", machine().toString());

        assertThat(run.out()).contains("{\"event\":\"memory\",\"pageBytes\":4096,\"existingPages\":");
    }

    @Test
    void filteredDumpHasTheNumbersOfTheWholeOne() throws IOException {
        String whole = Samples.unpack("6.12-d1").toString();
        String filtered = directory.resolve("filtered").toString();
        CommandRun.makedumpfile("-l", "-d", "31", "--plain", whole, filtered);

        CommandRun ofWhole = usage(whole);
        assertThat(usage(filtered).out()).isEqualTo(ofWhole.out());
        assertThat(ofWhole.exitCode()).isZero();
        assertThat(ofWhole.err()).doesNotContain("WARNING");
    }

    @Test
    void dumpThatTellsNothingOfItsKernelIsRefused() throws IOException {
        CommandRun run = usage(directory.resolve("missing").toString());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEqualTo("\nmakedumpfile Failed.\n");
        assertThat(run.err()).startsWith("open_dump_memory: Can't open the dump memory(");
    }
}
