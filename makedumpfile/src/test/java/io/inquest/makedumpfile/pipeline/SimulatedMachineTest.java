package io.inquest.makedumpfile.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.dump.Dump;
import io.inquest.dump.Dumps;
import io.inquest.dump.PageState;
import io.inquest.dump.PhysicalMemory;
import io.inquest.dump.Warnings;
import io.inquest.dump.io.ByteSource;
import io.inquest.makedumpfile.message.Messages;
import io.inquest.makedumpfile.option.CommandLine;
import io.inquest.testkit.SimulatedMachine;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A machine of 64 GiB that is computed where it is read, through the whole command. How many frames of each class
/// it has is known beforehand. `benchmarks/scale` does the same with terabytes.
class SimulatedMachineTest {

    private static final int PAGE_BYTES = 4096;
    private static final int REPORT_ONLY = 16 | 4;

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

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
        public void close() {}
    }

    private Outcome run(SimulatedMachine machine, String... words) throws Exception {
        Messages messages = new Messages(out, err, REPORT_ONLY, false);
        Run run = new Run(
                CommandLine.parse(words),
                new ByteArrayInputStream(new byte[0]),
                OutputStream.nullOutputStream(),
                messages);
        Source source = new Source(machine);
        try (DumpInput input = new DumpInput("simulated", Optional.of(source), Dumps.open(source, messages))) {
            return new Creation(run).create(input);
        }
    }

    @Test
    void eachClassHasTheFramesThatTheMachineGaveIt() throws Exception {
        SimulatedMachine machine = new SimulatedMachine(16L << 30);

        Outcome outcome = run(machine, "-l", "-d31", "--dry-run", "simulated", "nowhere");

        assertThat(outcome).isEqualTo(Outcome.COMPLETED);
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
        long leftOut = machine.userFrames() + machine.cacheFrames() + machine.freeFrames();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains(line("Original pages  : ", machine.frames()))
                .contains(line("Pages filled with zero  : ", machine.frames() - leftOut - machine.keptFrames()))
                .contains(line("Non-private cache pages : ", machine.cacheFrames()))
                .contains(line("User process data pages : ", machine.userFrames()))
                .contains(line("Free pages              : ", machine.freeFrames()))
                .contains(line("Remaining pages  : ", machine.keptFrames()));
    }

    private static String line(String title, long frames) {
        return title + "0x" + HexFormat.of().toHexDigits(frames) + "\n";
    }

    /// More windows than one, and classes that change too often to be remembered: they are found again.
    @Test
    void theFileHoldsTheKernelsPagesAndNoOthers() throws Exception {
        SimulatedMachine machine = new SimulatedMachine(16L << 30);
        Path file = directory.resolve("dump");

        Outcome outcome = run(machine, "-l", "-d31", "--low-memory", "simulated", file.toString());

        assertThat(outcome).isEqualTo(Outcome.COMPLETED);
        ByteBuffer page = ByteBuffer.allocate(PAGE_BYTES);
        ByteBuffer expected = ByteBuffer.allocate(PAGE_BYTES);
        Random random = new Random(8);
        try (Dump dump = Dumps.open(List.of(file), Warnings.NONE)) {
            PhysicalMemory memory = dump.memory();
            assertThat(memory.endPfn()).isEqualTo(machine.frames());
            int kernels = 0;
            for (int i = 0; i < 20_000; i++) {
                long pfn = random.nextLong(machine.frames());
                boolean kept = machine.isKernels(pfn);
                assertThat(memory.state(pfn) == PageState.EXCLUDED)
                        .as("frame %d", pfn)
                        .isEqualTo(!kept);
                if (kept) {
                    machine.readPage(pfn, expected.clear());
                    memory.read(pfn * PAGE_BYTES, page.clear());
                    assertThat(page.flip()).as("frame %d", pfn).isEqualTo(expected.flip());
                    kernels++;
                }
            }
            assertThat(kernels).as("struct pages are a 64th of all").isBetween(200, 2000);
        }
    }
}
