package io.inquest.fuzz;

import io.inquest.crash.report.dump.DumpReport;
import io.inquest.crash.session.Session;
import io.inquest.crash.session.Sources;
import io.inquest.crash.shell.Console;
import io.inquest.crash.shell.Shell;
import io.inquest.crash.value.AddressNames;
import io.inquest.crash.value.Answers;
import io.inquest.crash.value.CExpression;
import io.inquest.crash.value.ExpressionException;
import io.inquest.crash.value.KernelScope;
import io.inquest.crash.value.ValueText;
import io.inquest.dump.DelegatingDump;
import io.inquest.dump.Dump;
import io.inquest.dump.Dumps;
import io.inquest.dump.PhysicalMemory;
import io.inquest.dump.Warnings;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.symbol.MissingSymbol;
import io.inquest.kernel.type.MissingMember;
import io.inquest.kernel.type.MissingType;
import io.inquest.testkit.Samples;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A real dump of 6.12: expressions about it, and all of crash's commands after its memory was changed.
final class SampleTargets {

    private static final String SAMPLE = "6.12-d1";

    /// Commands that look at much; none of them writes a file or starts a program.
    private static final List<String> COMMANDS = List.of(
            "sys",
            "log",
            "ps",
            "ps -t 1",
            "bt",
            "bt -f",
            "foreach bt",
            "runq",
            "mod",
            "mod -t",
            "sys -t",
            "task",
            "kmem -i",
            "kmem -s",
            "kmem -f",
            "kmem -v",
            "kmem -n",
            "kmem -z",
            "kmem -V",
            "kmem -o",
            "vm",
            "vm 1",
            "files",
            "files 1",
            "p jiffies",
            "struct task_struct init_task",
            "list -H modules",
            "dis schedule",
            "tree -t rbtree vmap_area_root",
            "trapinfo",
            "vtop ffffffff81000000",
            "rd jiffies 4",
            "sym schedule");

    private static @Nullable Kernel kernel;
    private static @Nullable ReadPages pages;

    private SampleTargets() {}

    static List<Target> all() {
        return List.of(
                new Target(
                                "expression",
                                SampleTargets::expressions,
                                SampleTargets::evaluate,
                                Set.of(
                                        ExpressionException.class,
                                        MissingType.class,
                                        MissingMember.class,
                                        MissingSymbol.class))
                        .scratch(1L << 30),
                new Target("crash-commands", SampleTargets::seeds, SampleTargets::ask)
                        .scratch(8L << 30)
                        .shortInputs(17),
                new Target("dump-report", SampleTargets::seeds, SampleTargets::report)
                        .scratch(4L << 30)
                        .shortInputs(17));
    }

    private static List<byte[]> expressions() {
        List<byte[]> texts = new ArrayList<>();
        for (String text : List.of(
                "init_task.comm",
                "((struct task_struct *)&init_task)->pid + 1",
                "*init_task.mm",
                "sizeof(struct page) << 3 ? 1 : -2ul",
                "(char)'\\x41' == 65 && !0",
                "&init_task.tasks.next->prev",
                "modules.next",
                "init_task.comm[3] % 7 ^ ~5")) {
            texts.add(text.getBytes(StandardCharsets.UTF_8));
        }
        return texts;
    }

    private static synchronized Kernel kernel() throws IOException {
        Kernel opened = kernel;
        if (opened == null) {
            opened = Kernel.open(Dumps.open(List.of(Samples.unpack(SAMPLE)), Warnings.NONE), Warnings.NONE);
            kernel = opened;
        }
        return opened;
    }

    private static void evaluate(byte[] input) throws IOException {
        KernelScope scope = new KernelScope(kernel(), new Answers());
        var value = CExpression.evaluate(scope, new String(input, StandardCharsets.UTF_8));
        Harmless.check(new ValueText(false, AddressNames.NONE, 16).answer(value), "\n\t");
    }

    /// Each a few hundred changes to memory that the commands read.
    private static List<byte[]> seeds() {
        Random random = new Random(1);
        List<byte[]> seeds = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            byte[] seed = new byte[12 << (i % 6)];
            random.nextBytes(seed);
            seeds.add(seed);
        }
        return seeds;
    }

    /// The sample's kernel, whose memory is changed where the commands and the report look.
    private static Kernel broken(byte[] input) throws IOException {
        Dump dump = kernel().dump();
        return Kernel.open(new OpenDump(dump, pagesRead().changed(dump.memory(), input)), Warnings.NONE);
    }

    private static synchronized ReadPages pagesRead() throws IOException {
        ReadPages known = pages;
        if (known == null) {
            Dump dump = kernel().dump();
            ReadPages.Recorder recorder = new ReadPages.Recorder(dump.memory());
            try (Kernel watched = Kernel.open(new OpenDump(dump, recorder), Warnings.NONE)) {
                run(watched, COMMANDS);
                DumpReport.of(watched);
            }
            known = recorder.pages();
            pages = known;
        }
        return known;
    }

    /// A dump that stays open for the next input.
    private static final class OpenDump extends DelegatingDump {

        OpenDump(Dump dump, PhysicalMemory memory) {
            super(dump, memory);
        }

        @Override
        public void close() {
            // As promised.
        }
    }

    private static void ask(byte[] input) throws IOException {
        try (Kernel broken = broken(input)) {
            String text = run(broken, COMMANDS);
            Harmless.check(text, "\n\t");
            int defect = text.indexOf("defect of Inquest");
            if (defect >= 0) {
                throw new AssertionError(text.substring(defect, Math.min(text.length(), defect + 2000)));
            }
        }
    }

    private static String run(Kernel asked, List<String> commands) {
        StringWriter out = new StringWriter();
        PrintWriter writer = new PrintWriter(out);
        Session session = new Session(asked, new Sources(List.of("vmcore"), Optional.empty()));
        new Shell(session, new Console(writer, writer, false), false).runLines(commands);
        return out.toString();
    }

    private static void report(byte[] input) throws IOException {
        try (Kernel broken = broken(input)) {
            DumpReport.of(broken);
        } catch (UncheckedIOException failed) {
            throw failed.getCause();
        }
    }
}
