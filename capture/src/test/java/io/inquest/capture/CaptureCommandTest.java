package io.inquest.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.makedumpfile.Streams;
import io.inquest.testkit.Samples;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `inquest capture` as it is typed.
final class CaptureCommandTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    private int run(String... args) {
        return CaptureCommand.run(args, new Streams(InputStream.nullInputStream(), out, err));
    }

    private Path configuration(String... lines) throws IOException {
        return Files.writeString(folder.resolve("kdump.conf"), String.join("\n", lines) + "\n");
    }

    private String sample() throws IOException {
        return Samples.unpack("6.12-d1").toString();
    }

    private List<Path> crashes(String target) throws IOException {
        try (Stream<Path> there = Files.list(folder.resolve(target))) {
            return there.toList();
        }
    }

    @Test
    void rehearsalSavesToAFolder() throws IOException {
        Path conf = configuration("core_collector makedumpfile -l -d 31");
        Path run = Files.createDirectory(folder.resolve("run"));
        int status = run(
                "--file",
                conf.toString(),
                "--from",
                sample(),
                "--target",
                folder.resolve("t").toString(),
                "--run",
                run.toString());
        assertThat(err).hasToString("");
        assertThat(status).isZero();
        assertThat(crashes("t").getFirst().resolve("vmcore")).exists();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("inquest: saving vmcore complete");
        assertThat(run.resolve("state"))
                .content()
                .contains(" folder done " + crashes("t").getFirst() + "\n");
        assertThat(run.resolve("alive")).exists();
    }

    @Test
    void programMakesTheConfiguredTargetsReady() throws IOException {
        Path conf = configuration("core_collector makedumpfile -l -d 31", "ext4 UUID=1", "xfs UUID=2");
        Path log = folder.resolve("asked");
        Path program = Files.writeString(
                folder.resolve("init"), """
                #!/bin/sh
                echo "$@" >>%s
                [ "$*" = "prepare 0" ] && exit 1
                mkdir -p %s && echo %s
                """.formatted(log, folder.resolve("second"), folder.resolve("second")));
        assertThat(program.toFile().setExecutable(true)).isTrue();
        assertThat(run("--file", conf.toString(), "--from", sample(), "--prepare", program.toString()))
                .isZero();
        assertThat(Files.readAllLines(log)).containsExactly("prepare 0", "prepare 1", "release 0", "release 1");
        assertThat(crashes("second")).hasSize(1);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("target 0 (ext4 UUID=1) cannot be used");
    }

    @Test
    void mistakeInTheConfigurationIsToldAndCostsNothing() throws IOException {
        Path conf = configuration("core_colector makedumpfile");
        assertThat(run(
                        "--file",
                        conf.toString(),
                        "--from",
                        sample(),
                        "--target",
                        folder.resolve("t").toString()))
                .isZero();
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("core_colector", "saving as if there was none");
        assertThat(crashes("t").getFirst().resolve("vmcore")).exists();
    }

    @Test
    void configurationThatCannotBeReadCostsNothing() throws IOException {
        String absent = folder.resolve("absent.conf").toString();
        assertThat(run(
                        "--file",
                        absent,
                        "--from",
                        sample(),
                        "--target",
                        folder.resolve("t").toString()))
                .isZero();
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("absent.conf");
    }

    @Test
    void targetThatNobodyMakesReadyIsToldWithTheRemedy() throws IOException {
        Path conf = configuration("ext4 UUID=1");
        assertThat(run("--file", conf.toString(), "--from", sample())).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("ext4 UUID=1", "--target");
    }

    @Test
    void wrongUsageIsTold() {
        assertThat(run("--nonsense")).isEqualTo(2);
        assertThat(run("vmcore")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("--nonsense", "--from");
    }

    @Test
    void dumpIsNeverWrittenOverItself() throws IOException {
        Path own = Files.copy(Samples.unpack("6.12-d1"), folder.resolve("vmcore"));
        run("--file", configuration("").toString(), "--from", own.toString(), "--target", folder.toString());
        assertThat(Files.mismatch(own, Samples.unpack("6.12-d1"))).isEqualTo(-1);
    }
}
