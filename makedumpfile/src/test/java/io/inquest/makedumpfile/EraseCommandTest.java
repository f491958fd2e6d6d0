package io.inquest.makedumpfile;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.kernel.Kernel;
import io.inquest.testkit.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `--config`: what leaves the machine.
class EraseCommandTest {

    private static final String GOOD = "erase saved_command_line\nerase init_uts_ns.name.nodename\n";

    @TempDir
    private Path folder;

    private Path out() {
        return folder.resolve("out");
    }

    private CommandRun run(String rules, String... options) throws IOException {
        Path config = Files.writeString(folder.resolve("makedumpfile.conf"), rules);
        List<String> words = new ArrayList<>(List.of("-d", "31", "--config", config.toString()));
        words.addAll(List.of(options));
        words.add(Samples.unpack("6.12-d1").toString());
        words.add(out().toString());
        return CommandRun.makedumpfile(words.toArray(String[]::new));
    }

    private void assertErased() throws IOException {
        try (Kernel kernel = Kernel.open(out())) {
            assertThat(kernel.object("saved_command_line").string()).matches("X+");
            assertThat(kernel.dump().header().utsname().nodename()).isEqualTo("X".repeat(64));
            assertThat(kernel.dump().header().eraseInfo().orElseThrow()).contains("erase saved_command_line size ");
        }
    }

    @Test
    void whatIsErasedIsNeitherInMemoryNorInTheHeader() throws IOException {
        CommandRun run = run(GOOD);

        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        assertErased();
    }

    @Test
    void aDumpOfWhichNotAllCanBeErasedIsNotWritten() throws IOException {
        CommandRun run = run(GOOD + "erase secret_of_mine\n");

        assertThat(run.exitCode()).isEqualTo(ExitCode.NOT_ERASED);
        assertThat(run.err())
                .contains("Config error at 3: ")
                .contains("secret_of_mine")
                .contains("nothing is written")
                .hasLineCount(2);
        assertThat(out()).doesNotExist();
    }

    @Test
    void aLineThatIsNoRuleIsAsBad() throws IOException {
        assertThat(run(GOOD + "delete everything\n").exitCode()).isEqualTo(ExitCode.NOT_ERASED);
        assertThat(out()).doesNotExist();
    }

    @Test
    void badRulesAreSkippedWhereTheUserSaysSo() throws IOException {
        CommandRun run = run(GOOD + "erase secret_of_mine\n", "--skip-bad-rules");

        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        assertThat(run.err()).contains("Config error at 3: ");
        assertErased();
    }

    @Test
    void aModuleThatIsNotLoadedHasNothingToErase() throws IOException {
        CommandRun run = run(GOOD + "[absent]\nerase its_secret\n");

        assertThat(run.exitCode()).isZero();
        assertThat(run.err() + run.out()).contains("Skipping Module section absent");
        assertErased();
    }
}
