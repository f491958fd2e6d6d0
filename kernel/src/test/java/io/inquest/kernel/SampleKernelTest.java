package io.inquest.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.dump.Dump;
import io.inquest.dump.Dumps;
import io.inquest.dump.Warnings;
import io.inquest.kernel.arch.KernelSpace;
import io.inquest.kernel.log.KernelLog;
import io.inquest.kernel.log.LogEnd;
import io.inquest.kernel.log.LogRange;
import io.inquest.kernel.log.LogStyle;
import io.inquest.kernel.log.LogText;
import io.inquest.testkit.Samples;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Real dumps, judged by what the live kernel had said before it died.
final class SampleKernelTest {

    private static Dump open(String sample) throws IOException {
        return Dumps.open(List.of(Samples.unpack(sample)), Warnings.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"6.1-d31", "6.12-d1", "7.2-d23-flat"})
    void logBeginsWithTheGuestsOwnAndHoldsThePanic(String sample) throws IOException {
        List<String> guest = Files.readAllLines(Samples.truth(sample).resolve("dmesg.txt"));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Dump dump = open(sample)) {
            KernelLog log = KernelLog.open(Kernel.open(dump, Warnings.NONE));
            assertThat(LogText.write(log, LogRange.ALL, LogStyle.DMESG, out)).isEqualTo(new LogEnd.Complete());
        }

        List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();

        assertThat(lines).startsWith(guest.toArray(String[]::new));
        assertThat(lines).anyMatch(line -> line.contains("Kernel panic - not syncing"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"6.1-d31", "6.12-d1", "7.2-d23-flat"})
    void kernelNamesItselfAndItsSymbolsLieWhereTheMemoryMapSays(String sample) throws IOException {
        List<String> warnings = new ArrayList<>();
        try (Dump dump = open(sample)) {
            Kernel kernel = Kernel.open(dump, warnings::add);
            KernelSpace space = kernel.pageTables();

            assertThat(kernel.utsname().release())
                    .isEqualTo(kernel.vmcoreInfo().osRelease().orElseThrow());
            long text = kernel.vmcoreInfo().symbol("_stext").orElseThrow();
            assertThat(space.translate(text, 1)).isInstanceOf(Mapping.Mapped.class);
            Mapping.Mapped mapped = (Mapping.Mapped) space.translate(text, 1);
            assertThat(mapped.to()).isEqualTo(kernelCode(Samples.truth(sample).resolve("iomem")));
        }
        assertThat(warnings).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"6.1-d31", "6.12-d1", "7.2-d23-flat"})
    void symbolOfTheLiveKernelReadsAsItDid(String sample) throws IOException {
        byte[] version = Files.readAllBytes(Samples.truth(sample).resolve("version"));
        ByteBuffer banner = ByteBuffer.allocate(version.length);
        try (Dump dump = open(sample)) {
            long address = kallsyms(Samples.truth(sample).resolve("kallsyms.part"), "linux_banner");
            Kernel.open(dump, Warnings.NONE).pageTables().read(address, banner);
        }

        assertThat(banner.array()).isEqualTo(version);
    }

    private static long kallsyms(Path list, String name) throws IOException {
        for (String line : Files.readAllLines(list)) {
            if (line.endsWith(" " + name)) {
                return Long.parseUnsignedLong(line.substring(0, line.indexOf(' ')), 16);
            }
        }
        throw new AssertionError(list + " has no " + name);
    }

    /// Where `/proc/iomem` of the guest says that the kernel's text begins.
    private static long kernelCode(Path iomem) throws IOException {
        for (String line : Files.readAllLines(iomem)) {
            if (line.endsWith(": Kernel code")) {
                return Long.parseLong(line.strip().substring(0, line.strip().indexOf('-')), 16);
            }
        }
        throw new AssertionError(iomem + " has no line for the kernel's code");
    }
}
