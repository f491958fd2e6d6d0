package io.inquest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.testkit.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Inputs and outputs that the shell opens, which only a real process has.
final class RedirectionIT {

    private static final String PROJECT = Launched.project().toString();

    @TempDir
    private Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void makeFile() throws IOException {
        file = Files.copy(Samples.unpack("7.2-d23-flat"), folder.resolve("file"));
    }

    private Launched shell(String line) throws Exception {
        return Launched.run(folder, "sh", "-c", line, PROJECT);
    }

    private void assertRefused(String line) throws Exception {
        long size = Files.size(file);
        Launched run = shell(line);
        assertThat(run.err()).contains(": is the input itself");
        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(file).hasSize(size);
    }

    @Test
    void whatComesFromStandardInputIsNotReplaced() throws Exception {
        assertRefused("exec \"$0/bin/makedumpfile\" -f -R file < file");
    }

    @Test
    void nothingIsAppendedToTheInput() throws Exception {
        assertRefused("exec \"$0/bin/makedumpfile\" -F file >> file");
    }

    @Test
    void anOutputThatTheShellAlsoOpenedToReadIsNoInput() throws Exception {
        Launched run = shell("exec \"$0/inquest\" dmesg file -o /dev/stdout 1<>output");
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(folder.resolve("output")).content().contains("Kernel panic");
    }
}
