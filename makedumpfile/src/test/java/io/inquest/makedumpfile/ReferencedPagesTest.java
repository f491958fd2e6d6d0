package io.inquest.makedumpfile;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.dump.Dump;
import io.inquest.dump.Dumps;
import io.inquest.dump.PageState;
import io.inquest.dump.Warnings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the CPUs point at, and what the kernel itself needs, in a dump of level 31.
class ReferencedPagesTest {

    @TempDir
    private Path directory;

    private CommandRun filter(Path vmcore, String... options) {
        List<String> words = new ArrayList<>(List.of("-d", "31"));
        words.addAll(List.of(options));
        words.add(vmcore.toString());
        words.add(directory.resolve("out").toString());
        return CommandRun.makedumpfile(words.toArray(String[]::new));
    }

    private boolean holds(int pfn) throws IOException {
        try (Dump dump = Dumps.open(List.of(directory.resolve("out")), Warnings.NONE)) {
            return dump.memory().state(pfn) == PageState.STORED;
        }
    }

    @Test
    void userPageThatARegisterPointsAtStaysOnlyWhenAskedFor() throws IOException {
        Path vmcore =
                new SyntheticMachine().registerPointsAt(SyntheticMachine.USER).write(directory);

        CommandRun without = filter(vmcore);
        assertThat(without.exitCode()).isZero();
        assertThat(holds(SyntheticMachine.USER)).isFalse();

        CommandRun with = filter(vmcore, "-f", "--keep-referenced", "--show-stats");
        assertThat(with.exitCode()).isZero();
        assertThat(holds(SyntheticMachine.USER)).isTrue();
        assertThat(with.out()).contains("User process data pages : 0x0000000000000000\n");
    }

    @Test
    void wordsOnTheStackPointToo() throws IOException {
        SyntheticMachine machine = new SyntheticMachine();
        long user = machine.kernel().directMap() + SyntheticMachine.USER * 4096L;
        machine.kernel().memory().put64((SyntheticMachine.STACK + 3) * 4096L + 0x7f8, user + 8);

        CommandRun run = filter(machine.write(directory), "--keep-referenced");

        assertThat(run.exitCode()).isZero();
        assertThat(holds(SyntheticMachine.USER)).isTrue();
    }

    @Test
    void stacksOfTheCpusStayWhateverTheirStructPagesSay() throws IOException {
        SyntheticMachine machine = new SyntheticMachine();
        machine.pages().free(SyntheticMachine.STACK, 2);

        CommandRun run = filter(machine.write(directory), "--json");

        assertThat(run.exitCode()).isZero();
        for (int i = 0; i < SyntheticMachine.STACK_FRAMES; i++) {
            assertThat(holds(SyntheticMachine.STACK + i)).as("stack page %d", i).isTrue();
        }
        assertThat(run.out()).contains("\"rescuedPages\":4,");
    }

    @Test
    void rescuedPagesAreReported() throws IOException {
        SyntheticMachine machine = new SyntheticMachine();
        machine.pages().free(SyntheticMachine.STACK, 2);
        Path vmcore = machine.write(directory);

        assertThat(filter(vmcore, "--show-stats").out())
                .contains("4 pages stay that their struct pages would leave out, since the kernel needs them\n");
        assertThat(filter(vmcore, "-f", "-d", "15", "--show-stats").out())
                .doesNotContain("struct pages would leave out");
    }
}
