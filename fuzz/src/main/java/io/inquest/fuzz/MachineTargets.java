package io.inquest.fuzz;

import io.inquest.dump.Dumps;
import io.inquest.dump.Warnings;
import io.inquest.dump.io.MemorySource;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.VmcoreInfo;
import io.inquest.kernel.arch.KernelSpace;
import io.inquest.kernel.log.KernelLog;
import io.inquest.kernel.log.LogRange;
import io.inquest.kernel.log.LogStyle;
import io.inquest.kernel.log.LogText;
import io.inquest.kernel.page.PageClass;
import io.inquest.kernel.page.PageMap;
import io.inquest.kernel.symbol.Symbols;
import io.inquest.testkit.KallsymsBuilder;
import io.inquest.testkit.KernelEra;
import io.inquest.testkit.LogPlace;
import io.inquest.testkit.PlainLogBuilder;
import io.inquest.testkit.RecordLogBuilder;
import io.inquest.testkit.RingLogBuilder;
import io.inquest.testkit.StructPageBuilder;
import io.inquest.testkit.SyntheticKernel;
import io.inquest.testkit.SyntheticMemory;
import io.inquest.testkit.SyntheticRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// A small machine whose memory the input changes ([Patches]): page tables, vmcoreinfo, the log, struct pages,
/// kallsyms.
final class MachineTargets {

    private static final int FRAMES = 512;
    private static final int LOG_BYTES = 4096;

    /// Asks one thing of a machine.
    @FunctionalInterface
    private interface Question {
        void ask(Kernel kernel) throws Exception;
    }

    private MachineTargets() {}

    static List<Target> all() {
        return List.of(
                target("log-ring", machine(MachineTargets::ringLog), MachineTargets::readLog),
                target("log-records", machine(MachineTargets::recordLog), MachineTargets::readLog),
                target("log-plain", machine(MachineTargets::plainLog), MachineTargets::readLog),
                target("filter", machine(kernel -> structPages(kernel, KernelEra.v6_12())), MachineTargets::filter),
                target("filter-old", machine(kernel -> structPages(kernel, KernelEra.v4_14())), MachineTargets::filter),
                target("kallsyms", machine(MachineTargets::kallsyms), MachineTargets::readSymbols),
                target("page-tables", machine(kernel -> {}), MachineTargets::translate));
    }

    private static Target target(String name, byte[] core, Question question) {
        return new Target(name, () -> seeds(core.length), input -> {
                    byte[] broken = Patches.apply(core, input);
                    try (Kernel kernel =
                            Kernel.open(Dumps.open(new MemorySource("vmcore", broken), Warnings.NONE), Warnings.NONE)) {
                        question.ask(kernel);
                    }
                })
                .shortInputs(1_000);
    }

    /// A change for every 37th word, and none at all.
    private static List<byte[]> seeds(int bytes) {
        List<byte[]> seeds = new ArrayList<>();
        seeds.add(new byte[0]);
        long[] values = {0, -1, 1L << 31, Long.MIN_VALUE, 0xffff_ffff_8100_0000L, 0x1000};
        int next = 0;
        for (int at = 0; at < bytes && seeds.size() < 400; at += 37 * 8) {
            seeds.add(Patches.overwrite(at, values[next++ % values.length]));
        }
        return seeds;
    }

    private static byte[] machine(Consumer<SyntheticKernel> parts) {
        SyntheticKernel kernel = new SyntheticKernel();
        kernel.utsname("Linux", "host", "6.12.0-test", "#1 SMP", "x86_64", "(none)");
        parts.accept(kernel);
        return kernel.core();
    }

    private static LogPlace logPlace(SyntheticKernel kernel) {
        long address = kernel.allocate(16 * LOG_BYTES);
        return new LogPlace(kernel.memory(), address, kernel.physical(address) - address, Long.BYTES);
    }

    private static SyntheticRecord record(int number) {
        return SyntheticRecord.of(1_000_000L * number, "line " + number + (number % 7 == 0 ? "\nsecond" : ""));
    }

    private static void ringLog(SyntheticKernel kernel) {
        RingLogBuilder log = new RingLogBuilder(logPlace(kernel), 5, 10);
        for (int i = 0; i < 60; i++) {
            log.append(record(i));
        }
        log.build(kernel.vmcoreInfo());
    }

    private static void recordLog(SyntheticKernel kernel) {
        RecordLogBuilder log = new RecordLogBuilder(logPlace(kernel), "printk_log", LOG_BYTES, 4, true);
        for (int i = 0; i < 100; i++) {
            log.append(record(i), i % 5 == 0 ? "SUBSYSTEM=pci" : "");
        }
        log.build(kernel.vmcoreInfo());
    }

    private static void plainLog(SyntheticKernel kernel) {
        PlainLogBuilder log = new PlainLogBuilder(logPlace(kernel), LOG_BYTES);
        for (int i = 0; i < 200; i++) {
            log.emit("<6>[    1.0000%02d] line %d\n".formatted(i % 100, i));
        }
        log.build(kernel.vmcoreInfo());
    }

    private static void readLog(Kernel kernel) throws IOException {
        KernelLog log = KernelLog.open(kernel);
        for (LogRange range : LogRange.values()) {
            for (LogStyle style : List.of(LogStyle.MAKEDUMPFILE, LogStyle.VMCORE_DMESG, LogStyle.DMESG_CALLER)) {
                ByteArrayOutputStream text = new ByteArrayOutputStream();
                LogText.write(log, range, style, text);
                if (style.text() == LogStyle.Text.READABLE) {
                    Harmless.check(text.toString(StandardCharsets.UTF_8), "\n\t");
                }
            }
            log.visit(
                    range,
                    record ->
                            OutputStream.nullOutputStream().write(record.text().remaining()));
        }
    }

    private static void structPages(SyntheticKernel kernel, KernelEra era) {
        long memMap = kernel.allocate(Long.BYTES);
        long pages = kernel.allocate(FRAMES * era.structBytes());
        kernel.memory().put64(kernel.physical(memMap), pages);
        StructPageBuilder builder = new StructPageBuilder(era, ByteOrder.LITTLE_ENDIAN, pages, FRAMES);
        builder.free(0, 7)
                .anonymousHuge(256, 4)
                .slab(320, 3)
                .hugetlb(384, 6)
                .file(200)
                .anonymous(201);
        builder.offline(202).hwpoison(203).compound(208, 3, 1);
        kernel.memory().put(kernel.physical(pages), builder.bytes());
        era.vmcoreinfo().lines().forEach(line -> {
            int equals = line.indexOf('=');
            kernel.vmcoreInfo().line(line.substring(0, equals), line.substring(equals + 1));
        });
        kernel.vmcoreInfo().symbol("mem_map", memMap);
    }

    /// Each frame has one class, however it is asked for.
    private static void filter(Kernel kernel) throws IOException {
        PageMap map = kernel.pageMap();
        byte[] codes = new byte[FRAMES];
        map.classify(0, FRAMES, codes, 1);
        byte[] later = new byte[FRAMES / 2];
        map.classify(FRAMES / 2, FRAMES / 2, later, 1);
        for (int i = 0; i < later.length; i++) {
            if (later[i] != codes[FRAMES / 2 + i]) {
                throw new AssertionError("frame " + (FRAMES / 2 + i) + " has another class in another window");
            }
        }
        for (int pfn = 0; pfn < FRAMES; pfn += 3) {
            if (map.describe(pfn).pageClass() != PageClass.of(codes[pfn])) {
                throw new AssertionError("frame " + pfn + " is left out as " + PageClass.of(codes[pfn])
                        + " and explained as " + map.describe(pfn).pageClass());
            }
        }
    }

    /// Without `_stext` in vmcoreinfo, the image is not searched for tables that are not where they should be:
    /// that takes seconds for one input.
    private static void kallsyms(SyntheticKernel kernel) {
        long text = SyntheticKernel.IMAGE;
        long names = VmcoreInfo.parse(kernel.vmcoreInfo().build())
                .symbol("init_uts_ns")
                .orElseThrow();
        SyntheticMemory tables = new SyntheticMemory(ByteOrder.LITTLE_ENDIAN);
        long at = kernel.allocate(16 * SyntheticMemory.PAGE_BYTES);
        KallsymsBuilder builder = new KallsymsBuilder(tables, at);
        builder.symbol('T', text, "_text").symbol('T', text, "_stext");
        for (int i = 1; i <= 300; i++) {
            builder.symbol(i % 3 == 0 ? 't' : 'T', text + 32L * i, i % 50 == 0 ? "init_once" : "do_sys_" + i);
        }
        builder.symbol('D', names, "init_uts_ns");
        builder.symbol('B', text + (2 << 20), "_end").build().tell(kernel.vmcoreInfo());
        tables.pages().forEach((page, bytes) -> kernel.memory().put(kernel.physical(page << 12), bytes));
    }

    private static void readSymbols(Kernel kernel) throws IOException {
        Symbols symbols = kernel.symbols();
        symbols.find("do_sys_7");
        symbols.at(SyntheticKernel.IMAGE + 100);
        symbols.startingWith("do_");
        long named = symbols.stream().filter(symbol -> !symbol.name().isEmpty()).count();
        if (named > 1 << 20) {
            throw new AssertionError(named + " symbols in tables of some pages");
        }
    }

    private static void translate(Kernel kernel) throws IOException {
        KernelSpace space = kernel.pageTables();
        for (long address :
                new long[] {0, 0x40_0000, SyntheticKernel.IMAGE, 0xffff_8880_0000_0000L, 0xffff_c900_0000_0000L, -4096
                }) {
            long at = address;
            for (int i = 0; i < 16; i++) {
                at += Math.max(1, space.translate(at, 1 << 21).bytes());
            }
        }
        space.directMap(0x1000);
        space.visitOwnFrames((pfn, frames) -> {});
        space.visitUserMemory(space.rootTable(), (pfn, frames) -> {});
        kernel.utsname();
    }
}
