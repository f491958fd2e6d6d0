package io.inquest.makedumpfile.pipeline;

import io.inquest.dump.Dump;
import io.inquest.dump.Dumps;
import io.inquest.dump.io.ByteSource;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.page.PageClass;
import io.inquest.kernel.page.PageMap;
import io.inquest.makedumpfile.message.Messages;
import io.inquest.makedumpfile.option.CommandLine;
import io.inquest.testkit.SimulatedMachine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// One measurement of a machine that is computed where it is read: a row of a Markdown table.
///
/// `GIB simulate`, `GIB classify THREADS`, or `GIB makedumpfile OPTIONS`. How many frames of each class were found is
/// compared with what the machine was given; a difference ends with exit code 1.
public final class ScaleMain {

    private static final int WINDOW_FRAMES = 4 << 20;
    private static final int REPORT_AND_ERRORS = 16 | 4;

    private final SimulatedMachine machine;
    private final Source source;

    private ScaleMain(long memoryBytes) {
        this.machine = new SimulatedMachine(memoryBytes);
        this.source = new Source(machine);
    }

    public static void main(String[] args) throws Exception {
        ScaleMain scale = new ScaleMain(Long.parseLong(args[0]) << 30);
        List<String> rest = List.of(args).subList(2, args.length);
        long start = System.nanoTime();
        boolean right = switch (args[1]) {
            case "simulate" -> scale.readStructPages();
            case "classify" -> scale.classify(Integer.parseInt(rest.getFirst()));
            case "makedumpfile" -> scale.makedumpfile(rest);
            default -> throw new IllegalArgumentException(args[1]);
        };
        double wall = (System.nanoTime() - start) / 1e9;
        System.out.print(scale.row(String.join(" ", List.of(args).subList(1, args.length)), wall));
        if (!right) {
            System.err.println("the answer is not what the machine was given");
            System.exit(1);
        }
    }

    private String row(String what, double wall) throws IOException {
        double cpu = ProcessHandle.current()
                        .info()
                        .totalCpuDuration()
                        .orElse(Duration.ZERO)
                        .toNanos()
                / 1e9;
        double tebibytes = machine.frames() / (double) (1L << 28);
        return String.format(
                "| %.2f | `%s` | %.1f | %.1f | %.1f | %.1f | %.1f | %d |%n",
                tebibytes,
                what,
                wall,
                cpu,
                wall / tebibytes,
                cpu / tebibytes,
                machine.frames() / wall / 1e6,
                peakMebibytes());
    }

    private static long peakMebibytes() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("VmHWM:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) >>> 10;
            }
        }
        return 0;
    }

    /// What computing the struct pages costs by itself: part of all other rows.
    private boolean readStructPages() {
        ByteBuffer block = ByteBuffer.allocate(1 << 20);
        long bytes = machine.frames() * 64;
        for (long at = 0; at < bytes; at += block.capacity()) {
            source.read(machine.structPagesAt() + at, block.clear());
        }
        return true;
    }

    private boolean classify(int threads) throws IOException {
        List<String> warnings = new ArrayList<>();
        long[] counts = new long[256];
        try (Dump dump = Dumps.open(source, warnings::add)) {
            PageMap map = PageMap.open(Kernel.open(dump, warnings::add), warnings::add);
            byte[] classes = new byte[WINDOW_FRAMES];
            for (long pfn = 0; pfn < machine.frames(); pfn += WINDOW_FRAMES) {
                int frames = (int) Math.min(WINDOW_FRAMES, machine.frames() - pfn);
                map.classify(pfn, frames, classes, threads);
                for (int i = 0; i < frames; i++) {
                    counts[classes[i]]++;
                }
            }
        }
        warnings.forEach(System.err::println);
        return warnings.isEmpty()
                && counts[PageClass.FREE.code()] == machine.freeFrames()
                && counts[PageClass.USER.code()] == machine.userFrames()
                && counts[PageClass.CACHE.code()] == machine.cacheFrames();
    }

    /// The command itself, from the opened dump on.
    private boolean makedumpfile(List<String> options) throws Exception {
        List<String> words = new ArrayList<>(options);
        words.addAll(List.of("--message-level", Integer.toString(REPORT_AND_ERRORS), "simulated"));
        if (options.contains("--dry-run")) {
            words.add("nowhere");
        } else {
            words.add(words.remove(options.size() - 1));
        }
        ByteArrayOutputStream report = new ByteArrayOutputStream();
        Messages messages = new Messages(report, System.err, REPORT_AND_ERRORS, false);
        Run run = new Run(
                CommandLine.parse(words.toArray(String[]::new)),
                InputStream.nullInputStream(),
                OutputStream.nullOutputStream(),
                messages);
        try (DumpInput input = new DumpInput("simulated", Optional.of(source), Dumps.open(source, messages))) {
            Outcome outcome = new Creation(run).create(input);
            String text = report.toString(StandardCharsets.UTF_8);
            return outcome == Outcome.COMPLETED
                    && text.contains("Free pages              : 0x" + hex(machine.freeFrames()))
                    && text.contains("User process data pages : 0x" + hex(machine.userFrames()))
                    && text.contains("Non-private cache pages : 0x" + hex(machine.cacheFrames()));
        }
    }

    private static String hex(long frames) {
        return HexFormat.of().toHexDigits(frames);
    }

    private record Source(SimulatedMachine machine) implements ByteSource {

        @Override
        public String name() {
            return "simulated";
        }

        @Override
        public long size() {
            return machine.size();
        }

        @Override
        public int read(long offset, ByteBuffer target) {
            return machine.read(offset, target);
        }

        @Override
        public void close() {
            // There is nothing to give back.
        }
    }
}
