package io.inquest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.makedumpfile.MakedumpfileCommand;
import io.inquest.makedumpfile.Streams;
import io.inquest.makedumpfile.VmcoreDmesgCommand;
import io.inquest.testkit.LogPlace;
import io.inquest.testkit.RingLogBuilder;
import io.inquest.testkit.SyntheticKernel;
import io.inquest.testkit.SyntheticRecord;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// A dump with text in all its fields, and in its own name, that does something to a terminal or a browser: no
/// command lets it through. What crash's commands answer is the matter of the test of that name in the module
/// `crash`.
final class HostileTextTest {

    private static final String HOSTILE = "\u001b[31mx\u009b2J\u202ey\u061c\udb40\udc41<script>alert(1)</script>\"'&";

    /// Every command that reads a dump or a log; IN is the dump, LOG a text.
    private static final List<String> COMMANDS = List.of(
            "report --no-debug-files IN",
            "report --no-debug-files --json IN",
            "report --log LOG",
            "report --log LOG --json",
            "dump info IN",
            "dump info --json IN",
            "dump verify IN",
            "dump verify --json IN",
            "dump convert -f IN OUT",
            "dump salvage -f IN OUT",
            "dump salvage -f --json IN OUT",
            "dump salvage LOG OUT",
            "dump salvage NONE OUT",
            "dmesg IN",
            "dmesg --json IN",
            "dmesg --ctime IN",
            "explain IN 0x1000",
            "explain --json IN 0x1000",
            "kdump config --file LOG",
            "kdump config --json --file LOG",
            "kdump config --file NONE",
            "capture --file NONE --from IN --target NONE",
            "capture --file LOG --from LOG --target NONE",
            "kdump list LOG",
            "kdump extract LOG NONE",
            "kexec -p NONE",
            "dump info LOG",
            "dump verify NONE",
            "explain IN NONE",
            "dmesg NONE",
            "dump convert NONE OUT",
            "report NONE",
            "dump nosuch NONE",
            "NONE");

    @TempDir
    private Path folder;

    private Path core;
    private Path log;

    @BeforeEach
    void plant() throws IOException {
        SyntheticKernel kernel = new SyntheticKernel()
                .utsname("Linux", HOSTILE, "6.12.0" + HOSTILE.substring(0, 20), HOSTILE, "x\u001b[1m", HOSTILE);
        kernel.vmcoreInfo().line("BUILD-ID", HOSTILE).line(HOSTILE, HOSTILE).line("CRASHTIME", "1700000000");
        LogPlace place = new LogPlace(
                kernel.memory(),
                kernel.allocate(1 << 16),
                kernel.physical(SyntheticKernel.IMAGE) - SyntheticKernel.IMAGE,
                Long.BYTES);
        RingLogBuilder ring = new RingLogBuilder(place, 6, 12);
        StringBuilder text = new StringBuilder();
        for (String line : List.of(
                HOSTILE,
                "BUG: kernel NULL pointer dereference, address: 0000000000000010",
                "Oops: 0000 [#1] SMP " + HOSTILE,
                "CPU: 1 PID: 7 Comm: " + HOSTILE + " Tainted: G           OE      6.12.0" + HOSTILE + " #1",
                "Hardware name: " + HOSTILE,
                "RIP: 0010:" + HOSTILE + "+0x15/0x40 [" + HOSTILE + "]",
                "Call Trace:",
                " " + HOSTILE + "+0x1f/0x70",
                "Modules linked in: " + HOSTILE,
                "Kernel panic - not syncing: " + HOSTILE)) {
            ring.append(SyntheticRecord.of(1, line));
            text.append("[    1.000000] ").append(line).append('\n');
        }
        ring.build(kernel.vmcoreInfo());
        core = Files.write(folder.resolve("vm\u001b[31mcore\u202e<script>"), kernel.core());
        log = Files.writeString(folder.resolve("log\u001b[31m"), text);
    }

    private String[] words(String line) {
        String[] words = line.split(" ");
        for (int i = 0; i < words.length; i++) {
            words[i] = switch (words[i]) {
                case "IN" -> core.toString();
                case "LOG" -> log.toString();
                case "OUT" -> folder.resolve("out\u001b[31m").toString();
                case "NONE" -> "none\u001b[31m\u202e";
                default -> words[i];
            };
        }
        return words;
    }

    @Test
    void allCommandsAreAsked() {
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        Map<String, CommandLine> commands =
                InquestCommand.commandLine(nowhere, nowhere).getSubcommands();
        Set<String> names = new TreeSet<>(commands.keySet());
        Objects.requireNonNull(commands.get("dump"))
                .getSubcommands()
                .keySet()
                .forEach(name -> names.add("dump " + name));
        // Asked below, in the module crash, of no dump at all; and what is only the name of a group.
        names.removeAll(Set.of("makedumpfile", "vmcore-dmesg", "crash", "completion", "dump"));
        assertThat(names).allSatisfy(name -> assertThat(COMMANDS).anyMatch(line -> line.startsWith(name + " ")));
    }

    @Test
    void noCommandDoesAnythingToATerminal() {
        for (String line : COMMANDS) {
            Ran ran = Ran.inquest(words(line));
            mustBeHarmless(line, ran.out() + ran.err());
            assertThat(ran.out() + ran.err()).as(line).isNotEmpty();
        }
    }

    @Test
    void theCompatibleProgramsDoNothingEither() {
        for (String line : List.of(
                "--dump-dmesg IN -",
                "-d 1 IN OUT",
                "-d 1 NONE OUT",
                "--mem-usage IN",
                "-d 31 IN OUT",
                "-D -d 1 IN OUT",
                "NONE")) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            MakedumpfileCommand.run(words(line), new Streams(new ByteArrayInputStream(new byte[0]), out, out));
            mustBeHarmless("makedumpfile " + line, out.toString(StandardCharsets.UTF_8));
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        VmcoreDmesgCommand.run(words("IN"), new Streams(new ByteArrayInputStream(new byte[0]), out, out));
        mustBeHarmless("vmcore-dmesg", out.toString(StandardCharsets.UTF_8));
    }

    @Test
    void pageOfHtmlHasNoTagsButItsOwn() throws IOException {
        for (String line : List.of("report --no-debug-files IN --html OUT", "report --log LOG --html OUT")) {
            Ran.inquest(words(line));
            String page = Files.readString(folder.resolve("out\u001b[31m"));
            mustBeHarmless(line, page);
            assertThat(page).contains("&lt;script&gt;").doesNotContain("<script");
        }
    }

    private static void mustBeHarmless(String what, String answer) {
        answer.codePoints().forEach(c -> {
            int type = Character.getType(c);
            boolean harmful = (type == Character.CONTROL && c != '\n' && c != '\t' && c != '\r')
                    || type == Character.FORMAT
                    || type == Character.LINE_SEPARATOR
                    || type == Character.PARAGRAPH_SEPARATOR
                    || type == Character.SURROGATE;
            assertThat(harmful)
                    .as("%s lets U+%04X through: %s", what, c, answer)
                    .isFalse();
        });
    }
}
