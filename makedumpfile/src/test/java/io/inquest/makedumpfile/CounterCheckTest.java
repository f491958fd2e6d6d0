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

/// What becomes of a dump whose kernel says something else than the filter finds, or cannot be understood.
class CounterCheckTest {

    private static final int WRONG_COUNT = 5000;
    private static final String MISMATCH = "WARNING: the filter found 16 free pages, the kernel counted 5000"
            + " (give or take 125), its free lists hold 5000; free pages stay in the dump\n";

    @TempDir
    private Path directory;

    private CommandRun filter(Path vmcore, String... options) {
        List<String> words = new ArrayList<>(List.of("-d", "31", "--message-level", "6"));
        words.addAll(List.of(options));
        words.add(vmcore.toString());
        words.add(directory.resolve("out").toString());
        return CommandRun.makedumpfile(words.toArray(String[]::new));
    }

    private Path vmcore(int freePagesCounted) throws IOException {
        return new SyntheticMachine().counts(freePagesCounted).write(directory);
    }

    private boolean holds(int pfn) throws IOException {
        try (Dump dump = Dumps.open(List.of(directory.resolve("out")), Warnings.NONE)) {
            return dump.memory().state(pfn) == PageState.STORED;
        }
    }

    @Test
    void freePagesThatTheKernelConfirmsAreLeftOut() throws IOException {
        CommandRun run = filter(vmcore(SyntheticMachine.FREE_FRAMES), "--strict-check");

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(holds(SyntheticMachine.FREE)).isFalse();
        assertThat(holds(SyntheticMachine.CACHE)).isFalse();
        assertThat(holds(SyntheticMachine.USER)).isFalse();
        assertThat(holds(SyntheticMachine.STACK)).isTrue();
    }

    @Test
    void freePagesStayWithAWarningWhereTheKernelCountedOtherwise() throws IOException {
        CommandRun run = filter(vmcore(WRONG_COUNT));

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEqualTo(MISMATCH);
        for (int pfn = SyntheticMachine.FREE; pfn < SyntheticMachine.FREE + SyntheticMachine.FREE_FRAMES; pfn++) {
            assertThat(holds(pfn)).as("pfn %d", pfn).isTrue();
        }
        assertThat(holds(SyntheticMachine.CACHE)).isFalse();
        assertThat(holds(SyntheticMachine.USER)).isFalse();
    }

    @Test
    void strictCheckGivesTheMismatchAnExitCode() throws IOException {
        CommandRun run = filter(vmcore(WRONG_COUNT), "--strict-check");

        assertThat(run.exitCode()).isEqualTo(ExitCode.ANALYSIS_ERROR);
        assertThat(run.err()).isEqualTo(MISMATCH);
        assertThat(run.out()).contains("The dumpfile is saved to ");
        assertThat(holds(SyntheticMachine.FREE)).isTrue();
    }

    @Test
    void noCheckLeavesFreePagesOutUnseen() throws IOException {
        CommandRun run = filter(vmcore(WRONG_COUNT), "--no-check");

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(holds(SyntheticMachine.FREE)).isFalse();
    }

    @Test
    void countersThatTheDumpHasNoTypesForAreNamedWhenAskedFor() throws IOException {
        CommandRun run = filter(vmcore(SyntheticMachine.FREE_FRAMES), "--check-counters", "--strict-check");

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).startsWith("WARNING: the kernel's counters are not compared: ");
    }

    @Test
    void countersAreNotAskedWhereFreePagesStayAnyway() throws IOException {
        CommandRun run = filter(vmcore(WRONG_COUNT), "-d", "15", "--strict-check");

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(holds(SyntheticMachine.FREE)).isTrue();
    }

    @Test
    void allPagesStayWhereStructPagesCannotBeFound() throws IOException {
        CommandRun run = filter(new SyntheticMachine().writeWithoutStructPages(directory));

        assertThat(run.exitCode()).isEqualTo(ExitCode.ANALYSIS_ERROR);
        assertThat(run.err())
                .startsWith("WARNING: vmcoreinfo names none of mem_section, mem_map")
                .endsWith("all pages that are not zero stay in the dump\n");
        for (int pfn = 0; pfn < 256; pfn++) {
            assertThat(holds(pfn)).as("pfn %d", pfn).isTrue();
        }
    }

    @Test
    void levelThatAsksForZerosOnlyIsNotDisturbedByStructPages() throws IOException {
        CommandRun run = filter(new SyntheticMachine().writeWithoutStructPages(directory), "-d", "1");

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
    }

    @Test
    void debugMessagesShowSegmentsAndStructPages() throws IOException {
        Path vmcore = vmcore(SyntheticMachine.FREE_FRAMES);
        CommandRun run = filter(vmcore, "-D");

        assertThat(run.out())
                .startsWith("makedumpfile: version ")
                .contains("\ncommand line: makedumpfile -d 31 --message-level 6 -D " + vmcore)
                .contains("""
                                       phys_start         phys_end       virt_start         virt_end
                        LOAD[ 0]                0           100000 ffff888000000000 ffff888000100000
                        """)
                .contains("""
                        Linux kdump
                        VMCOREINFO   :
                          OSRELEASE=6.12.0-test
                          PAGESIZE=4096
                        """)
                .contains("\npage_size    : 4096\n\nphys_base    : 0 (vmcoreinfo)\n\nmax_mapnr    : 2084\n\n")
                .contains("""
                        Memory type  : FLATMEM

                                               mem_map        pfn_start          pfn_end
                        mem_map[   0] ffff888002000000                0             2084
                        """);
    }
}
