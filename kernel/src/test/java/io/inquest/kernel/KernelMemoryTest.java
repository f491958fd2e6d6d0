package io.inquest.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.inquest.dump.Dump;
import io.inquest.dump.Dumps;
import io.inquest.dump.MemoryFault;
import io.inquest.dump.Warnings;
import io.inquest.kernel.log.KernelLog;
import io.inquest.kernel.log.LogEnd;
import io.inquest.kernel.log.LogRange;
import io.inquest.kernel.log.LogStyle;
import io.inquest.kernel.log.LogText;
import io.inquest.kernel.task.Task;
import io.inquest.testkit.Samples;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Kernels whose page tables are lost, or not where vmcoreinfo says.
final class KernelMemoryTest {

    private final List<String> warnings = new ArrayList<>();

    /// Without the frame of the root table.
    private Kernel withoutTables(String sample) throws IOException {
        Dump whole = Dumps.open(List.of(Samples.unpack(sample)), Warnings.NONE);
        long root = OpenSamples.kernel(sample).pageTables().rootTable()
                >>> whole.memory().pageShift();
        return Kernel.open(new HoledDump(whole, Set.of(root)), warnings::add);
    }

    @ParameterizedTest
    @ValueSource(strings = {"6.1-d31", "6.12-d1", "7.2-d23-flat"})
    void logSymbolsAndTasksNeedNoPageTable(String sample) throws IOException {
        Kernel whole = OpenSamples.kernel(sample);
        try (Kernel kernel = withoutTables(sample)) {
            assertThat(log(kernel)).isEqualTo(log(whole));
            assertThat(kernel.symbols().core().stream())
                    .hasSameSizeAs(whole.symbols().core().stream().toList());
            assertThat(pids(kernel)).isEqualTo(pids(whole)).isNotEmpty();
        }
    }

    @Test
    void oneWarningTellsHowMemoryIsRead() throws IOException {
        try (Kernel kernel = withoutTables("6.12-d1")) {
            kernel.symbols();
            pids(kernel);
        }

        assertThat(warnings)
                .singleElement()
                .asString()
                .startsWith("the kernel's page tables cannot be read (its PGD table cannot be read: ")
                .contains("reading its image in one piece from physical address 0x6000000 on");
    }

    @Test
    void imageEndsWhereItsSymbolsSay() throws IOException {
        try (Kernel kernel = withoutTables("6.12-d1")) {
            long end = kernel.symbols().core().address("_end").orElseThrow();

            assertThatExceptionOfType(MemoryFault.class)
                    .isThrownBy(() -> kernel.space().readByte(end))
                    .withMessageContaining("PGD table cannot be read");
        }
    }

    @Test
    void imageIsReadWhereTheRootTableIsNotWhatVmcoreinfoNames() throws IOException {
        try (Dump dump = Dumps.open(List.of(Samples.unpack("6.12-d1")), Warnings.NONE)) {
            Kernel whole = OpenSamples.kernel("6.12-d1");
            String note = dump.vmcoreinfo().orElseThrow();
            int line = note.indexOf("SYMBOL(init_top_pgt)=");
            int end = note.indexOf('\n', line);
            String text = Long.toHexString(whole.vmcoreInfo().symbol("_stext").orElseThrow());
            String wrong = note.substring(0, line) + "SYMBOL(init_top_pgt)=" + text + note.substring(end);
            Kernel kernel = Kernel.open(dump, VmcoreInfo.parse(wrong), warnings::add);

            assertThat(log(kernel)).isEqualTo(log(whole));
            assertThat(warnings).singleElement().asString().contains("are not where vmcoreinfo says");
        }
    }

    private static String log(Kernel kernel) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(LogText.write(KernelLog.open(kernel), LogRange.ALL, LogStyle.DMESG, out))
                .isEqualTo(new LogEnd.Complete());
        return out.toString(StandardCharsets.UTF_8);
    }

    private static List<Integer> pids(Kernel kernel) throws IOException {
        return kernel.tasks().all().stream().map(Task::pid).toList();
    }
}
