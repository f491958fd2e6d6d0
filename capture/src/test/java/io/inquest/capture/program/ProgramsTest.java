package io.inquest.capture.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.capture.journal.Heartbeat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProgramsTest {

    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Duration SHORT = Duration.ofMillis(300);

    private final Programs programs = new Programs(Heartbeat.unwatched());

    private static List<String> shell(String line) {
        return List.of("/bin/sh", "-c", line);
    }

    @Test
    void exitStatusIsTold() {
        assertThat(programs.run(shell("exit 7"), LONG)).isEqualTo(new ProgramEnd.Exited(7));
        assertThat(programs.run(shell("exit 0"), LONG).succeeded()).isTrue();
    }

    @Test
    void programThatTakesTooLongIsEndedWithAllThatItStarted(@TempDir Path folder) throws IOException {
        Path pid = folder.resolve("pid");
        ProgramEnd end = programs.run(shell("sleep 600 & echo $! >" + pid + "; wait"), SHORT);
        assertThat(end).isEqualTo(new ProgramEnd.TooLong(SHORT));
        long started = Long.parseLong(Files.readString(pid).strip());
        ProcessHandle.of(started).ifPresent(handle -> handle.onExit().join());
    }

    @Test
    void programThatIsNotThereIsToldWithTheReason() {
        assertThat(programs.run(List.of("/nowhere/hook"), LONG))
                .isInstanceOfSatisfying(
                        ProgramEnd.NotStarted.class,
                        end -> assertThat(end.describe()).isEqualTo("could not be started: No such file or directory"));
    }

    @Test
    void firstLineOfAnAnswerIsTaken() {
        assertThat(programs.ask(shell("echo /target/0; echo more"), LONG).line())
                .contains("/target/0");
        assertThat(programs.ask(shell("echo /target/0; exit 1"), LONG).line()).isEmpty();
        assertThat(programs.ask(shell("true"), LONG).line()).isEmpty();
    }

    @Test
    void whatIsPrintedIsPiped() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(programs.pipe(shell("printf abc; exit 3"), out)).isEqualTo(new ProgramEnd.Exited(3));
        assertThat(out).hasToString("abc");
    }

    @Test
    void programWhoseOutputNobodyTakesIsEnded() {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        assertThat(programs.pipe(shell("cat /dev/zero"), full))
                .isEqualTo(new ProgramEnd.Broken("No space left on device"));
    }
}
