package io.inquest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.cli.crash.CrashProgram;
import io.inquest.makedumpfile.MakedumpfileCommand;
import io.inquest.makedumpfile.Streams;
import io.inquest.testkit.LogPlace;
import io.inquest.testkit.RingLogBuilder;
import io.inquest.testkit.SyntheticKernel;
import io.inquest.testkit.SyntheticMemory;
import io.inquest.testkit.SyntheticRecord;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every command that writes a file makes it for its owner alone, and writes through no link, whether it
/// replaces what is there or not.
final class WrittenFilesTest {

    private static final String OLD = "what was there";

    @TempDir
    private Path folder;

    private Path core;
    private Path flattened;

    /// The ways to have a file written; each replaces what is there.
    enum Way {
        KDUMP("makedumpfile", "-f", "-d", "0", "IN", "OUT"),
        ELF("makedumpfile", "-f", "-E", "-d", "0", "IN", "OUT"),
        REARRANGED("makedumpfile", "-f", "-R", "OUT"),
        LOG("makedumpfile", "-f", "--dump-dmesg", "IN", "OUT"),
        CONVERTED("inquest", "dump", "convert", "-f", "IN", "OUT"),
        FLATTENED("inquest", "dump", "convert", "-f", "--to=flattened-kdump", "IN", "OUT"),
        DMESG("inquest", "dmesg", "IN", "-o", "OUT"),
        HTML("inquest", "report", "--no-debug-files", "IN", "--html", "OUT"),
        CRASH_ANSWER("crash", "eval 1 > OUT"),
        CRASH_APPENDED("crash", "eval 1 >> OUT"),
        CRASH_MEMORY("crash", "rd -p -r OUT 1000000 16");

        private final String line;

        Way(String... words) {
            this.line = String.join("\t", words);
        }

        List<String> words() {
            return List.of(line.split("\t"));
        }
    }

    @BeforeEach
    void makeInput() throws IOException {
        SyntheticKernel kernel = new SyntheticKernel().utsname("Linux", "host", "6.12.0-test", "#1", "x86_64", "");
        LogPlace place = new LogPlace(
                kernel.memory(),
                kernel.allocate(1 << 16),
                kernel.physical(SyntheticKernel.IMAGE) - SyntheticKernel.IMAGE,
                Long.BYTES);
        RingLogBuilder log = new RingLogBuilder(place, 5, 10);
        log.append(SyntheticRecord.of(1, "line"));
        log.build(kernel.vmcoreInfo());
        kernel.memory().put(0x100_0000, new byte[SyntheticMemory.PAGE_BYTES]);
        core = Files.write(folder.resolve("core"), kernel.core());
        flattened = folder.resolve("flattened");
        assertThat(Ran.inquest("dump", "convert", "--to=flattened-elf", core.toString(), flattened.toString())
                        .exitCode())
                .isZero();
    }

    private String write(Way way, Path out) throws IOException {
        String[] words = way.words().stream()
                .skip(1)
                .map(word -> word.replace("OUT", out.toString()).replace("IN", core.toString()))
                .toArray(String[]::new);
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        Streams streams = new Streams(new ByteArrayInputStream(Files.readAllBytes(flattened)), told, told);
        switch (way.words().getFirst()) {
            case "makedumpfile" -> MakedumpfileCommand.run(words, streams);
            case "crash" ->
                CrashProgram.run(
                        new String[] {"--no-crashrc", "--no-debug-files", "-c", words[0], core.toString()},
                        streams,
                        false);
            default -> {
                Ran ran = Ran.inquest(words);
                return ran.out() + ran.err();
            }
        }
        return told.toString(StandardCharsets.UTF_8);
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @ParameterizedTest
    @EnumSource
    void aNewFileIsItsOwners(Way way) throws IOException {
        Path out = folder.resolve("out");
        String told = write(way, out);
        assertThat(out).as(told).isNotEmptyFile();
        assertThat(mode(out)).isEqualTo("rw-------");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CRASH_APPENDED")
    void whoMayReadTheOldFileMayNotReadTheNewOne(Way way) throws IOException {
        Path out = Files.writeString(folder.resolve("out"), OLD);
        Files.setPosixFilePermissions(out, PosixFilePermissions.fromString("rw-rw-rw-"));
        Path otherName = Files.createLink(folder.resolve("other"), out);
        String told = write(way, out);
        assertThat(Files.size(out)).as(told).isPositive();
        assertThat(mode(out)).isEqualTo("rw-------");
        assertThat(otherName).hasContent(OLD);
    }

    /// The stream that is rearranged comes from no file here.
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "REARRANGED")
    void theInputIsNeverWrittenTo(Way way) throws IOException {
        byte[] before = Files.readAllBytes(core);
        Path otherName = Files.createLink(folder.resolve("other"), core);
        assertThat(write(way, core)).contains("core: is the input itself");
        assertThat(write(way, otherName)).contains("other: is the input itself");
        assertThat(core).hasBinaryContent(before);
        assertThat(otherName).hasBinaryContent(before);
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsWrittenThroughALink(Way way) throws IOException {
        Path target = Files.writeString(folder.resolve("target"), OLD);
        Path link = Files.createSymbolicLink(folder.resolve("link"), target);
        assertThat(write(way, link)).contains("is a symbolic link");
        assertThat(target).hasContent(OLD);
        assertThat(link).isSymbolicLink();
    }
}
