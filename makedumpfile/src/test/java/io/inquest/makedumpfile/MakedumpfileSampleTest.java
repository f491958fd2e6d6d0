package io.inquest.makedumpfile;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.dump.Dump;
import io.inquest.dump.Dumps;
import io.inquest.dump.Warnings;
import io.inquest.testkit.KeptPages;
import io.inquest.testkit.Samples;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The commands on a real dump of 6.12.
class MakedumpfileSampleTest {

    @TempDir
    private Path directory;

    private String at(String file) {
        return directory.resolve(file).toString();
    }

    private static String sample() throws IOException {
        return Samples.unpack("6.12-d1").toString();
    }

    @Test
    void keptPagesAreThoseThatMakedumpfileKeeps() throws IOException {
        CommandRun run = CommandRun.makedumpfile("--plain", "-l", "-d", "31", sample(), at("out"));

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).doesNotContain("WARNING");
        assertThat(KeptPages.of(directory.resolve("out")))
                .isEqualTo(KeptPages.recorded("6.12-d1/reference/makedumpfile-1.7.8-kept.txt", 31));
    }

    @Test
    void allCountersOfTheKernelAgreeWithItsStructPages() throws IOException {
        CommandRun run = CommandRun.makedumpfile(
                "-d",
                "31",
                "--dry-run",
                "--check-counters",
                "--strict-check",
                "--message-level",
                "6",
                sample(),
                at("x"));

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .contains("\nfree pages: the kernel counted ")
                .contains("\nunevictable pages: the kernel counted ");
    }

    @Test
    void smallWindowsGiveTheSameBytes() throws IOException {
        CommandRun.makedumpfile("-d", "31", sample(), at("large"));
        CommandRun.makedumpfile("-d", "31", "--cyclic-buffer", "1", sample(), at("small"));

        assertThat(directory.resolve("small")).hasSameBinaryContentAs(directory.resolve("large"));
    }

    @Test
    void freePagesThatAnEarlierFilterLeftOutCountAsFound() throws IOException {
        String filtered = Samples.unpack("6.1-d31").toString();
        CommandRun again = CommandRun.makedumpfile("-l", "-d", "31", "--strict-check", filtered, at("again"));

        assertThat(again.err()).doesNotContain("WARNING").doesNotContain("free pages");
        assertThat(again.exitCode()).isZero();
        assertThat(KeptPages.of(directory.resolve("again"))).isEqualTo(KeptPages.of(Path.of(filtered)));
    }

    @Test
    void dumpRecordsWhyAPageWasLeftOut() throws IOException {
        CommandRun.makedumpfile("-c", "-d", "31", sample(), at("out"));

        try (Dump before = Dumps.open(List.of(Path.of(sample())), Warnings.NONE);
                Dump after = Dumps.open(List.of(directory.resolve("out")), Warnings.NONE)) {
            int told = 0;
            for (long pfn = 0; pfn < before.memory().endPfn(); pfn += 7) {
                boolean leftOut = before.memory().state(pfn).readable()
                        && !after.memory().state(pfn).readable();
                assertThat(after.memory().exclusionCode(pfn).orElse(0) != 0)
                        .as("pfn %d", pfn)
                        .isEqualTo(leftOut);
                told += leftOut ? 1 : 0;
            }
            assertThat(told).isGreaterThan(1000);
        }
    }

    @Test
    void vmcoreinfoFileOfAnotherKernelHasItsOwnExitCode() throws IOException {
        String own;
        try (Dump dump = Dumps.open(List.of(Path.of(sample())), Warnings.NONE)) {
            own = dump.vmcoreinfo().orElseThrow();
        }
        Files.writeString(directory.resolve("own"), own, StandardCharsets.ISO_8859_1);
        Files.writeString(directory.resolve("other"), own.replaceFirst("OSRELEASE=6", "OSRELEASE=5"));
        Files.writeString(directory.resolve("junk"), "no such file format\n");

        assertThat(CommandRun.makedumpfile("-i", at("own"), "-d", "31", sample(), at("out1"))
                        .exitCode())
                .isZero();
        CommandRun other = CommandRun.makedumpfile("-i", at("other"), "-d", "31", sample(), at("out2"));
        assertThat(other.exitCode()).isEqualTo(2);
        assertThat(other.err()).startsWith("check_release: VMCOREINFO and VMCORE don't match.\n");
        CommandRun junk = CommandRun.makedumpfile("-i", at("junk"), "-d", "31", sample(), at("out3"));
        assertThat(junk.exitCode()).isEqualTo(1);
        assertThat(junk.err()).isEqualTo("read_vmcoreinfo_basic_info: Invalid format in " + at("junk") + "\n");
    }

    @Test
    void logIsSavedInTheStyleOfEachProgram() throws IOException {
        CommandRun saved = CommandRun.makedumpfile("--dump-dmesg", sample(), at("log"));
        CommandRun printed = CommandRun.makedumpfile("--dump-dmesg", "--message-level", "4", sample(), "-");
        CommandRun vmcoreDmesg = CommandRun.vmcoreDmesg(sample());

        assertThat(saved.out())
                .isEqualTo("\nThe dmesg log is saved to " + at("log") + ".\n\nmakedumpfile Completed.\n");
        assertThat(printed.out()).isEqualTo(Files.readString(directory.resolve("log")));
        assertThat(printed.out())
                .startsWith("[    0.000000] [      T0] Linux version 6.12")
                .contains("Kernel panic");
        assertThat(vmcoreDmesg.out()).startsWith("[    0.000000] Linux version 6.12");
        assertThat(vmcoreDmesg.exitCode()).isZero();
    }

    @Test
    void addressIsTranslatedWithOrWithoutPrefix() throws IOException {
        String symbol;
        try (Dump dump = Dumps.open(List.of(Path.of(sample())), Warnings.NONE)) {
            String info = dump.vmcoreinfo().orElseThrow();
            int start = info.indexOf("SYMBOL(_stext)=") + "SYMBOL(_stext)=".length();
            symbol = info.substring(start, info.indexOf('\n', start));
        }
        CommandRun bare = CommandRun.makedumpfile("--dry-run", "--vtop", symbol, sample(), at("out"));
        CommandRun prefixed = CommandRun.makedumpfile("--dry-run", "--vtop", "0x" + symbol, sample(), at("out"));

        assertThat(bare.out())
                .isEqualTo(prefixed.out())
                .contains("\nTranslating virtual address " + symbol + " to physical address.\n  PGD : ")
                .contains("VIRTUAL           PHYSICAL\n" + symbol + "  ");
    }

    @Test
    void lastEventTellsWhatFailed() {
        CommandRun run = CommandRun.makedumpfile("--json", "-d", "31", at("none"), at("out"));

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out())
                .isEqualTo("{\"event\":\"end\",\"outcome\":\"failed\",\"reason\":\"open_dump_memory: Can't open the"
                        + " dump memory(" + at("none") + "). No such file or directory\"}\n");
    }

    @Test
    void eventsAreOneJsonObjectALine() throws IOException {
        CommandRun run = CommandRun.makedumpfile("--json", "-d", "31", sample(), at("out"));

        assertThat(run.out().lines())
                .allMatch(line -> line.startsWith("{\"event\":\"") && line.endsWith("}"))
                .last()
                .isEqualTo("{\"event\":\"end\",\"outcome\":\"completed\"}");
        assertThat(run.out()).contains("{\"event\":\"saved\",\"files\":[\"" + at("out") + "\"],\"level\":31,");
        assertThat(run.err()).contains("makedumpfile Completed.");
    }
}
