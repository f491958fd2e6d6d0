package io.inquest.makedumpfile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Command lines that are refused. The expected texts were recorded from makedumpfile 1.7.8.
class RefusalTest {

    private static final String HINT =
            "Commandline parameter is invalid.\nTry `makedumpfile --help' for more information.\n";
    private static final String CLOSING = "\nmakedumpfile Failed.\n";

    private static CommandRun run(String line) {
        return CommandRun.makedumpfile(line.isEmpty() ? new String[0] : line.split(" "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "A",
                "A B C",
                "--dry",
                "-c -E A B",
                "-i A -x B A B",
                "--xen-syms A --xen-vmcoreinfo B A B",
                "--partial-dmesg A B",
                "--dry-run -g V",
                "-g V -R X",
                "-g V",
                "-g V -x A B",
                "-R A B",
                "-R -c A",
                "-R -d 3 A",
                "-R -X A",
                "--reassemble --split A B",
                "--reassemble -X A B",
                "--reassemble -d 3 A B",
                "--split A B",
                "-d abc",
                "-d ,",
                "-E --dump-dmesg -c A B",
            })
    void meaninglessCommandLineGetsTheHintOnly(String line) {
        CommandRun run = run(line);

        assertThat(run.out()).isEqualTo(HINT + CLOSING);
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-F --split A", "-F A B", "-F -R X"})
    void messagesOfAStreamGoToStandardError(String line) {
        CommandRun run = run(line);

        assertThat(run.out()).isEmpty();
        assertThat(run.err()).isEqualTo(HINT + CLOSING);
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void someCombinationsAreRefusedWithAReason() {
        assertReason("--dry-run --dump-dmesg A B", "--dry-run cannot be used with --dump-dmesg.");
        assertReason("--dry-run -g V -x A", "--dry-run cannot be used with -g.");
        assertReason("--dry-run --reassemble A B C", "--dry-run cannot be used with --reassemble.");
        assertReason("--num-threads 2 --split A B C D", "--num-threads cannot used with --split.");
        assertReason("--num-threads 2 -E A D", "--num-threads cannot used with ELF format.");
        assertReason("--split -E A B C", "Options for splitting dumpfile cannot be used with Elf format.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "13", "-1", "x", "", "3x", "99999999999999999999"})
    void levelThatZlibHasNotIsRefusedInOneLine(String level) {
        CommandRun run = CommandRun.makedumpfile("-c", "--deflate-level", level, "A", "B");

        assertThat(run.out()).isEqualTo("--deflate-level " + level + " is invalid. It should be 1 to 12.\n" + CLOSING);
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "", "4x", "-", "0x4"})
    void threadsThatAreNoNumberAreRefusedInOneLine(String threads) {
        CommandRun run = CommandRun.makedumpfile("--num-threads", threads, "A", "B");

        assertThat(run.out()).isEqualTo("--num-threads " + threads + " is invalid. It should be a number.\n" + CLOSING);
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void levelNeedsItsCompression() {
        assertThat(run("-z --zstd-level 20 A B").out())
                .isEqualTo("--zstd-level 20 is invalid. It should be 1 to 19.\n" + CLOSING);
        assertReason("-c --zstd-level 3 A B", "--zstd-level needs -z.");
        assertReason("--deflate-level 3 A B", "--deflate-level needs -c.");
        assertThat(run("-z --zstd-level 19 --check-params A B").exitCode()).isZero();
        assertThat(run("-c --deflate-level 12 --check-params A B").exitCode()).isZero();
    }

    private static void assertReason(String line, String reason) {
        CommandRun run = run(line);

        assertThat(run.out()).isEqualTo(reason + "\n" + HINT + CLOSING);
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void getoptComplainsOnStandardError() {
        assertGetopt("-Q", "invalid option -- 'Q'");
        assertGetopt("-Q -W --bogus", "invalid option -- 'Q'");
        assertGetopt("-v -Q", "invalid option -- 'Q'");
        assertGetopt("--bogus", "unrecognized option '--bogus'");
        assertGetopt("--messagelevel 3", "unrecognized option '--messagelevel'");
        assertGetopt("--message-level", "option '--message-level' requires an argument");
        assertGetopt("-d", "option requires an argument -- 'd'");
        assertGetopt("--dry-run=3", "option '--dry-run' doesn't allow an argument");
        assertGetopt("--split=x", "option '--split' doesn't allow an argument");
        assertGetopt("--d", "option '--d' is ambiguous; possibilities: '--dump-dmesg' '--diskset' '--dry-run'");
        assertGetopt("--s", "option '--s' is ambiguous; possibilities: '--split' '--splitblock-size' '--show-stats'");
        assertGetopt("--n", "option '--n' is ambiguous; possibilities: '--non-mmap' '--num-threads'");
        assertGetopt("--vtop", "option '--vtop' requires an argument");
    }

    private static void assertGetopt(String line, String complaint) {
        CommandRun run = run(line);

        assertThat(run.err()).isEqualTo("makedumpfile: " + complaint + "\n");
        assertThat(run.out()).isEqualTo(HINT + CLOSING);
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void wrongValuesAreToldWithoutTheHint() {
        assertValue("-d 32", "Dump_level(32) is invalid.");
        assertValue("-d 1,33", "Dump_level(33) is invalid.");
        assertValue("-d -1", "Dump_level(-1) is invalid.");
        assertValue("-v -d 32", "Dump_level(32) is invalid.");
        assertValue("-d " + "1,".repeat(33), "Dump_level is invalid.");
        assertValue("--message-level 32", "Message_level(32) is invalid.");
        assertValue("--message-level=-3", "Message_level(-3) is invalid.");
        assertValue("-L 0", "Limit size(0) is invalid.");
        assertValue("-L junk", "Limit size(junk) is invalid.");
        assertValue("-L 5x", "Limit size(5x) is invalid.");
        assertValue("--vtop junk A B", "Virtual address(junk) is invalid.");
    }

    private static void assertValue(String line, String message) {
        CommandRun run = run(line);

        assertThat(run.out()).isEqualTo(message + "\n" + CLOSING);
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void streamAndLevelOfAMessageAreThoseAskedForBeforeTheMistake() {
        assertThat(run("-d 32 -F").out()).isNotEmpty();
        assertThat(run("-F -d 32").err()).isEqualTo("Dump_level(32) is invalid.\n" + CLOSING);
        assertThat(run("--message-level abc -L 0").out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-L 10K A B",
                "A B",
                "-p -c A B",
                "-R X",
                "--reassemble A B",
                "--dump-dmesg A B",
                "-F --dump-dmesg A",
                "-L 3M -R x",
                "--num-threads=-4 -E A D",
                "--vtop ffffffff81000000 A B",
                "-i FILE -d 31 A B",
            })
    void soundParametersPassTheCheckSilently(String line) {
        CommandRun run = run("--check-params " + line);

        assertThat(run.exitCode()).isZero();
        assertThat(run.out() + run.err()).isEmpty();
    }

    @Test
    void failedCheckOfParametersHasNoClosingLine() {
        assertThat(run("--check-params --message-level 0 -c -E A B").out()).isEqualTo(HINT);
        assertThat(run("--check-params -d 32").out()).isEqualTo("Dump_level(32) is invalid.\n");
        assertThat(run("--check-params -Q").err()).isEqualTo("makedumpfile: invalid option -- 'Q'\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--eppic",
                "--extension",
                "--xen-syms",
                "--xen-vmcoreinfo",
                "--xen_phys_start",
                "-X",
                "--diskset",
            })
    void featureThatIsNotThereYetIsRefusedInOneLine(String option) {
        CommandRun run = run(
                switch (option) {
                    case "-X" -> option + " A B";
                    case "--diskset" -> "--diskset A B";
                    default -> option + " X A B";
                });

        assertThat(run.out()).isEqualTo("makedumpfile: " + option + " is not supported yet.\n" + CLOSING);
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void helpWinsOverVersionAndBothOverWrongCombinations() {
        assertThat(run("-h -v -c -E").out())
                .contains("LZO support:\n  enabled\n")
                .contains("Usage:");
        assertThat(run("-v -c -E").out()).startsWith("makedumpfile: version 1.").contains("\nzstd\tenabled\n");
        assertThat(run("--help").exitCode()).isZero();
        assertThat(run("-F -h").err()).contains("Usage:");
    }
}
