package io.inquest.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.crash.command.AllCommands;
import io.inquest.crash.report.Report;
import io.inquest.crash.report.dump.DumpReport;
import io.inquest.crash.report.render.ReportHtml;
import io.inquest.crash.report.render.ReportJson;
import io.inquest.crash.report.render.ReportText;
import io.inquest.crash.session.Session;
import io.inquest.crash.session.Sources;
import io.inquest.dump.DelegatingDump;
import io.inquest.dump.DelegatingMemory;
import io.inquest.dump.Dump;
import io.inquest.dump.PageState;
import io.inquest.dump.PhysicalMemory;
import io.inquest.dump.Warnings;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.Mapping;
import io.inquest.output.JsonWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A real kernel in which whoever ran it put what does something to a terminal or to a browser wherever there
/// is text: names of tasks, of files, of modules, of caches, the log. No command lets it through.
final class HostileTextTest {

    private static final String SAMPLE = "6.12-d1";

    /// ESC, CSI as one byte and as UTF-8, a bidirectional override, a tag character, a byte that is no UTF-8,
    /// BEL, DEL.
    private static final List<byte[]> HOSTILE = List.of(
            new byte[] {0x1b, '[', '3', '1', 'm'},
            new byte[] {(byte) 0x9b, '2', 'J'},
            "\u009b2J".getBytes(StandardCharsets.UTF_8),
            "\u202e".getBytes(StandardCharsets.UTF_8),
            "\udb40\udc41".getBytes(StandardCharsets.UTF_8),
            new byte[] {(byte) 0xff, (byte) 0xfe},
            new byte[] {7, 0x7f},
            "<script>".getBytes(StandardCharsets.US_ASCII),
            "\"><img ".getBytes(StandardCharsets.US_ASCII));

    /// Each command of [AllCommands], with what it tells of names and other text.
    private static final List<String> COMMANDS = List.of(
            "sys",
            "sys -i",
            "log",
            "log -T",
            "mod",
            "mod -t",
            "sym schedule",
            "sym -l",
            "foreach ps",
            "foreach bt",
            "foreach files",
            "ps",
            "ps -a",
            "ps -t 1",
            "ps -l",
            "runq",
            "set",
            "set 1",
            "task",
            "task 1",
            "bt",
            "bt -f",
            "bt -a",
            "btpid",
            "btt",
            "bttnobp",
            "trapinfo",
            "* task_struct init_task",
            "dis schedule",
            "list -H modules -s module.name -l module.list",
            "list task_struct.tasks -s task_struct.comm -h init_task",
            "p init_task",
            "p init_task.comm",
            "p modules",
            "struct task_struct init_task",
            "tree -t rbtree vmap_area_root",
            "union thread_union",
            "whatis init_task",
            "files",
            "files 1",
            "kmem -s",
            "kmem -i",
            "kmem -v",
            "kmem -n",
            "kmem -f",
            "kmem init_task",
            "pte 8000000001a00067",
            "ptov 1000",
            "rd -8 init_task 256",
            "rd -a saved_command_line 16",
            "rd init_task 64",
            "vm",
            "vm 1",
            "vtop init_task",
            "btop 1000",
            "eval 1",
            "ptob 1",
            "alias",
            "help",
            "nosuch\u001b[31m",
            "p nosuch\u202e",
            "alias a\u001bb eval");

    private static Kernel kernel;

    @BeforeAll
    static void plant() throws IOException {
        Kernel real = Asked.kernel(SAMPLE);
        kernel = Kernel.open(new HostileDump(real.dump(), new Planted(real)), Warnings.NONE);
    }

    private static Session session() {
        return new Session(kernel, new Sources(List.of("vm\u001b[31mcore"), java.util.Optional.empty()));
    }

    @Test
    void allCommandsAreAsked() {
        Set<String> asked = new TreeSet<>();
        COMMANDS.forEach(line -> asked.add(line.split(" ", 2)[0]));
        assertThat(asked).containsAll(AllCommands.names());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " --json"})
    void noAnswerDoesAnythingToATerminal(String option) {
        StringBuilder all = new StringBuilder();
        for (String line : COMMANDS) {
            Asked asked = Asked.of(session(), line + option);
            mustBeHarmless(line, asked.out() + asked.err());
            all.append(asked.out());
        }
        // What was planted is in the answers, harmless.
        assertThat(all.toString()).contains("\\" + (option.isEmpty() ? "x1b[31m" : "u001b[31m"));
    }

    @Test
    void reportDoesNothingToATerminalOrABrowser() throws IOException {
        Report report = DumpReport.of(kernel);
        StringBuilder text = new StringBuilder();
        ReportText.write(report, text);
        mustBeHarmless("report", text.toString());
        StringBuilder json = new StringBuilder();
        ReportJson.write(report, JsonWriter.indented(json));
        mustBeHarmless("report --json", json.toString());
        StringBuilder html = new StringBuilder();
        ReportHtml.write(report, html);
        mustBeHarmless("report --html", html.toString());
        assertThat(html.toString()).doesNotContain("<script", "<img");
    }

    private static void mustBeHarmless(String what, String answer) {
        answer.codePoints().forEach(c -> {
            int type = Character.getType(c);
            boolean harmful = (type == Character.CONTROL && c != '\n' && c != '\t')
                    || type == Character.FORMAT
                    || type == Character.LINE_SEPARATOR
                    || type == Character.PARAGRAPH_SEPARATOR
                    || type == Character.SURROGATE;
            assertThat(harmful).as("%s lets U+%04X through", what, c).isFalse();
        });
    }

    private static final class HostileDump extends DelegatingDump {

        HostileDump(Dump dump, PhysicalMemory memory) {
            super(dump, memory);
        }
    }

    /// Memory in which each text of four bytes or more begins as one of [#HOSTILE]; not in the image's
    /// constants, nor in code, so that symbols and types are what they were.
    private static final class Planted extends DelegatingMemory {

        private static final int PAGE = 4096;

        private final long constantsFrom;
        private final long constantsTo;

        Planted(Kernel kernel) throws IOException {
            super(kernel.memory());
            constantsFrom = physical(kernel, "_text");
            constantsTo = physical(kernel, "_sdata");
        }

        private static long physical(Kernel kernel, String symbol) throws IOException {
            long address = kernel.symbols().address(symbol).orElseThrow();
            return ((Mapping.Mapped) kernel.space().translate(address, 1)).to();
        }

        @Override
        public void readPages(long pfn, int count, ByteBuffer target, PageState[] states) throws IOException {
            int start = target.position();
            super.readPages(pfn, count, target, states);
            for (int i = 0; i < count; i++) {
                byte[] page = new byte[PAGE];
                target.get(start + i * PAGE, page);
                target.put(start + i * PAGE, planted(pfn + i, page));
            }
        }

        @Override
        public void read(long physicalAddress, ByteBuffer target) throws IOException {
            long at = physicalAddress;
            while (target.hasRemaining()) {
                int in = (int) (at & (PAGE - 1));
                int bytes = Math.min(PAGE - in, target.remaining());
                byte[] page = new byte[PAGE];
                // A page that the dump lacks in part or wholly is told by the first read.
                super.read(at, ByteBuffer.wrap(page, in, bytes));
                super.read(at - in, ByteBuffer.wrap(page));
                target.put(planted(at >>> 12, page), in, bytes);
                at += bytes;
            }
        }

        private byte[] planted(long pfn, byte[] page) {
            long address = pfn << 12;
            if (address >= constantsFrom && address < constantsTo) {
                return page;
            }
            int run = 0;
            for (int at = 0; at < PAGE; at++) {
                boolean printable = page[at] >= ' ' && page[at] < 0x7f;
                run = printable ? run + 1 : 0;
                if (run == 4) {
                    byte[] text = HOSTILE.get((int) ((pfn + at) % HOSTILE.size()));
                    int from = at - 3;
                    for (int i = 0; i < text.length && from + i < PAGE && page[from + i] >= ' '; i++) {
                        page[from + i] = text[i];
                    }
                    at = from + text.length;
                    run = 5;
                }
            }
            return page;
        }
    }
}
