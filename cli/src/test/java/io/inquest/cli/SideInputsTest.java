package io.inquest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.cli.crash.CrashProgram;
import io.inquest.makedumpfile.Streams;
import io.inquest.testkit.Samples;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a command reads beside the dump, and has closed again when it writes, is not written to either.
final class SideInputsTest {

    private static final String TEXT = "[    1.000000] Kernel panic - not syncing: Attempted to kill init!\n";

    @TempDir
    private Path folder;

    private Path side = Path.of("");

    @BeforeEach
    void makeInput() throws IOException {
        side = Files.writeString(folder.resolve("side"), TEXT);
    }

    private void assertRefused(String told) {
        assertThat(told).contains(side + ": is the input itself");
        assertThat(side).hasContent(TEXT);
    }

    private static String crash(String input, String... args) {
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        Streams streams = new Streams(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), told, told);
        String[] all =
                Stream.concat(Stream.of("--no-crashrc", "-s"), Stream.of(args)).toArray(String[]::new);
        CrashProgram.run(all, streams, false);
        return told.toString(StandardCharsets.UTF_8);
    }

    private static String dump() throws IOException {
        return Samples.unpack("6.12-d1").toString();
    }

    @Test
    void logIsNotReplacedByItsReport() {
        String name = side.toString();
        assertRefused(Ran.inquest("report", "--log", name, "--html", name).err());
    }

    @Test
    void vmlinuxIsNotReplacedByTheReport() throws IOException {
        String name = side.toString();
        Ran ran = Ran.inquest("report", "--vmlinux", name, "--html", name, dump());
        assertRefused(ran.err());
        assertThat(ran.out()).isEmpty();
    }

    @Test
    void fileOfCommandsIsNotReplacedByTheirAnswers() throws IOException {
        Path commands = Files.writeString(folder.resolve("commands"), "eval 1 > " + folder + "/commands\n");
        String told = crash("", "-i", commands.toString(), "--no-debug-files", dump());
        assertThat(told).contains("commands: is the input itself");
        assertThat(commands).content().startsWith("eval 1 >");
        Path answer = folder.resolve("answer");
        crash("< " + side + "\neval 1 > " + answer + "\n", "--no-debug-files", dump());
        assertThat(answer).isNotEmptyFile();
        assertRefused(crash("< " + side + "\neval 1 > " + side + "\n", "--no-debug-files", dump()));
    }

    @Test
    void vmlinuxIsNotReplacedByAnAnswer() throws IOException {
        Path vmlinux = Files.copy(side, folder.resolve("vmlinux"));
        byte[] program = new byte[64];
        System.arraycopy(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1}, 0, program, 0, 7);
        program[16] = 2;
        Files.write(vmlinux, program);
        String told = crash("eval 1 > " + vmlinux + "\n", vmlinux.toString(), dump());
        assertThat(told).contains("vmlinux: is the input itself");
        assertThat(vmlinux).hasBinaryContent(program);
    }

    @Test
    void theNextCommandMayReplaceIt() {
        String name = side.toString();
        assertThat(Ran.inquest("report", "--log", name).out()).contains("Attempted to kill init");
        Path other = folder.resolve("other");
        assertThat(Ran.inquest("report", "--log", name, "--html", other.toString())
                        .err())
                .isEmpty();
        Ran replaced = Ran.inquest("report", "--log", other.toString(), "--html", name);
        assertThat(replaced.err()).doesNotContain("is the input itself");
        assertThat(side).content().doesNotStartWith(TEXT);
    }
}
