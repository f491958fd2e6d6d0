package io.inquest.crash.report.dump;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.crash.report.DeathKind;
import io.inquest.crash.report.Fact;
import io.inquest.crash.report.Report;
import io.inquest.kernel.Kernel;
import io.inquest.testkit.LogPlace;
import io.inquest.testkit.RingLogBuilder;
import io.inquest.testkit.Samples;
import io.inquest.testkit.SyntheticKernel;
import io.inquest.testkit.SyntheticRecord;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Reports of dumps that lack much: they tell what is left, and name what is not.
final class BrokenDumpReportTest {

    private static final long SEED = 20261126;

    /// Behind the headers and notes of a kdump-compressed file, with which it would not open.
    private static final int HEADERS = 1 << 16;

    @TempDir
    Path folder;

    @Test
    void aKernelWithoutSymbolsAndTypesHasItsLog() throws IOException {
        SyntheticKernel synthetic = new SyntheticKernel().utsname("Linux", "guest", "6.12.0-test");
        long delta = synthetic.physical(SyntheticKernel.IMAGE) - SyntheticKernel.IMAGE;
        LogPlace place = new LogPlace(synthetic.memory(), synthetic.allocate(1 << 16), delta, Long.BYTES);
        RingLogBuilder log = new RingLogBuilder(place, 8, 14);
        log.append(SyntheticRecord.of(0, "BUG: kernel NULL pointer dereference, address: 0000000000000008"));
        log.append(SyntheticRecord.of(1, "RIP: 0010:victim+0x1/0x2"));
        log.append(SyntheticRecord.of(2, "Kernel panic - not syncing: Fatal exception"));
        log.build(synthetic.vmcoreInfo());
        try (Kernel kernel = Kernel.open(Files.write(folder.resolve("vmcore"), synthetic.core()))) {
            Report report = DumpReport.of(kernel);
            assertThat(report.cause().orElseThrow().kind()).isEqualTo(DeathKind.NULL_DEREF);
            assertThat(report.missing()).anyMatch(missing -> missing.startsWith("who was running, the stack, "));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 50, 80, 95})
    void aCutDumpHasAReport(int percent) throws IOException {
        Path cut = Files.copy(Samples.unpack("6.1-d31"), folder.resolve("vmcore"));
        try (RandomAccessFile file = new RandomAccessFile(cut.toFile(), "rw")) {
            file.setLength(file.length() / 100 * percent);
        }
        try (Kernel kernel = Kernel.open(cut)) {
            Report report = DumpReport.of(kernel);
            assertThat(report.missing()).isNotEmpty();
            assertThat(report.system())
                    .as("what the vmcoreinfo tells")
                    .extracting(Fact::name)
                    .contains("kernel", "died");
        }
    }

    @Test
    void aDumpWithBytesFlippedHasAReport() throws IOException {
        Path flipped = Files.copy(Samples.unpack("6.1-d31"), folder.resolve("vmcore"));
        Random random = new Random(SEED);
        try (RandomAccessFile file = new RandomAccessFile(flipped.toFile(), "rw")) {
            for (int flips = 0; flips < 5000; flips++) {
                file.seek(HEADERS + (long) (random.nextDouble() * (file.length() - HEADERS)));
                file.write(random.nextInt(256));
            }
        }
        try (Kernel kernel = Kernel.open(flipped)) {
            assertThat(DumpReport.of(kernel).source()).endsWith("vmcore");
        }
    }
}
