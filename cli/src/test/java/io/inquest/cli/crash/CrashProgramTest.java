package io.inquest.cli.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inquest.cli.InquestCommand;
import io.inquest.crash.ExitCode;
import io.inquest.crash.UsageException;
import io.inquest.dump.DumpException;
import io.inquest.makedumpfile.Streams;
import io.inquest.testkit.Samples;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class CrashProgramTest {

    @TempDir
    Path folder;

    private record Ran(int exitCode, String out, String err) {}

    private static Ran run(String input, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Streams streams = new Streams(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), out, err);
        String[] all = new String[args.length + 1];
        all[0] = "--no-crashrc";
        System.arraycopy(args, 0, all, 1, args.length);
        int exitCode = CrashProgram.run(all, streams, false);
        return new Ran(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static String dump() throws IOException {
        return Samples.unpack("6.12-d1").toString();
    }

    @Test
    void commandsComeFromTheCommandLine() throws IOException {
        Ran ran = run("", dump(), "-c", "ptob 1", "-c", "btop 2000");
        assertThat(ran).isEqualTo(new Ran(ExitCode.OK, "1: 1000\n2000: 2\n", ""));
    }

    @Test
    void aCutDumpSaysSoBeforeAnyAnswer() throws IOException {
        Path cut = folder.resolve("cut");
        Files.copy(Samples.unpack("6.12-d1"), cut);
        try (FileChannel channel = FileChannel.open(cut, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() - (4 << 20));
        }
        Ran ran = run("", cut.toString(), "-c", "ptob 1");
        assertThat(ran.out()).isEqualTo("1: 1000\n");
        assertThat(ran.err().lines())
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .startsWith("inquest: " + cut + ": ")
                        .contains(": the dump is incomplete or damaged: the file ends at byte "));
    }

    @Test
    void aShareOfMemoryWhoseSizeIsLostIsNotZero() throws IOException {
        Path cut = folder.resolve("cut");
        Files.copy(Samples.unpack("6.12-d1"), cut);
        try (FileChannel channel = FileChannel.open(cut, StandardOpenOption.WRITE)) {
            // The nodes of a machine lie at the end of its memory.
            channel.truncate(channel.size() * 98 / 100);
        }
        Ran ran = run("", cut.toString(), "-c", "ps 1");
        assertThat(ran.out()).contains("ffff8e730123a100  RU     ?     2260     1844  init");
        assertThat(ran.err()).contains("the size of the machine's memory cannot be read");
        assertThat(run("", "--json", cut.toString(), "-c", "ps 1").out()).doesNotContain("memoryPercent");
    }

    @Test
    void commandsComeFromAFileAndFromStandardInput() throws IOException {
        Path file = Files.writeString(folder.resolve("commands"), "ptob 1\n");
        assertThat(run("ptob 2\nptob 3", dump(), "-s", "-i", file.toString()).out())
                .isEqualTo("1: 1000\n2: 2000\n3: 3000\n");
    }

    @Test
    void theExitCodeIsThatOfTheLastCommandThatFailed() throws IOException {
        assertThat(run("", dump(), "-c", "ptob zz", "-c", "ptob 1").exitCode()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void everyAnswerMayBeJson() throws IOException {
        assertThat(run("", "--json", dump(), "-c", "ptob 1").out()).startsWith("{\n  \"command\": \"ptob 1\"");
    }

    @Test
    void aReaderThatHasEnoughIsNoFailure() throws IOException {
        OutputStream closed = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Streams streams = new Streams(new ByteArrayInputStream(new byte[0]), closed, err);
        String[] args = {"--no-crashrc", "--json", dump(), "-c", "log", "-c", "nosuch"};
        assertThat(CrashProgram.run(args, streams, false)).isEqualTo(ExitCode.OK);
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void theStartFileLiesInTheHomeOfTheEnvironment() {
        assertThat(CrashProgram.startFile("/some/home")).isEqualTo(Path.of("/some/home/.inquestcrashrc"));
        assertThat(CrashProgram.startFile(null)).isEqualTo(Path.of(System.getProperty("user.home"), ".inquestcrashrc"));
    }

    @Test
    void whatCannotBeOpenedIsSaidInWords() throws IOException {
        assertThat(run("", folder.resolve("absent").toString(), "-c", "sys"))
                .isEqualTo(new Ran(
                        ExitCode.DUMP, "", "inquest: " + folder.resolve("absent") + ": there is no such file\n"));
        assertThat(run("", "-z").err()).isEqualTo("inquest: there is no option -z\nTry: inquest crash --help\n");
        assertThat(run("").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThatThrownBy(() -> CrashOptions.parse("-c")).isInstanceOf(UsageException.class);
    }

    @Test
    void theDeclaredOptionsAreThoseThatAreUnderstood() throws DumpException {
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        CommandLine crash =
                InquestCommand.commandLine(nowhere, nowhere).getSubcommands().get("crash");
        Set<String> declared = new TreeSet<>();
        Objects.requireNonNull(crash).getCommandSpec().options().forEach(option -> declared.add(option.longestName()));
        declared.remove("--help");
        declared.remove("--debug");
        for (String option : declared) {
            assertThat(CrashOptions.parse("dump", option, "value").files())
                    .as(option)
                    .contains(Path.of("dump"));
        }
        assertThat(declared).contains("-c", "-i", "-s", "--json", "--debug-dir", "--no-debug-files");
    }
}
