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
import io.inquest.kernel.module.Module;
import io.inquest.kernel.stack.Frame;
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
    void aProcessesRootTableStandsInForTheKernels() throws IOException {
        Kernel whole = OpenSamples.kernel("6.12-d1");
        try (Kernel kernel = withoutTables("6.12-d1")) {
            assertThat(kernel.modules().all().stream().map(Module::name))
                    .isNotEmpty()
                    .containsExactlyElementsOf(
                            whole.modules().all().stream().map(Module::name).toList());
            assertThat(kernel.pageTables().rootTable())
                    .isNotEqualTo(whole.pageTables().rootTable());
            for (Task task : kernel.tasks().all()) {
                assertThat(functions(kernel, task)).isEqualTo(functions(whole, task));
            }
        }
    }

    private static List<String> functions(Kernel kernel, Task task) throws IOException {
        Task own = kernel.tasks().at(task.address()).orElseThrow();
        return kernel.stacks().of(own).frames().stream().map(Frame::function).toList();
    }

    @Test
    void warningsTellHowMemoryIsRead() throws IOException {
        try (Kernel kernel = withoutTables("6.12-d1")) {
            kernel.symbols();
            pids(kernel);
        }

        assertThat(warnings).hasSize(2);
        assertThat(warnings.getLast()).contains("stands in for the kernel's own");
        assertThat(warnings.getFirst())
                .startsWith("the kernel's page tables cannot be read (its PGD table cannot be read: ")
                .contains("reading its image in one piece from physical address 0x6000000 on");
    }

    /// Without the table that all root tables lead to the image by, none can stand in.
    @Test
    void imageEndsWhereItsSymbolsSay() throws IOException {
        Kernel whole = OpenSamples.kernel("6.12-d1");
        long table = whole.symbols().address("level3_kernel_pgt").orElseThrow();
        Mapping.Mapped place = (Mapping.Mapped) whole.pageTables().translate(table, 1);
        Set<Long> lost = Set.of(whole.pageTables().rootTable() >>> 12, place.to() >>> 12);
        Dump dump = Dumps.open(List.of(Samples.unpack("6.12-d1")), Warnings.NONE);
        try (Kernel kernel = Kernel.open(new HoledDump(dump, lost), Warnings.NONE)) {
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

    /// The page is there, but not what it held.
    @ParameterizedTest
    @ValueSource(strings = {"6.1-d31", "6.12-d1"})
    void anEmptiedRootTableIsAsGoodAsALostOne(String sample) throws IOException {
        Kernel whole = OpenSamples.kernel(sample);
        long root = whole.pageTables().rootTable() >>> 12;
        Set<Long> emptied = Set.of(root, physicalFrame(whole, whole.utsnameAddress()));
        Dump dump = Dumps.open(List.of(Samples.unpack(sample)), Warnings.NONE);
        try (Kernel kernel = Kernel.open(PatchedDump.emptied(dump, emptied), warnings::add)) {
            assertThat(pids(kernel)).isEqualTo(pids(whole)).isNotEmpty();
            assertThat(kernel.modules().all().stream().map(Module::name)).isNotEmpty();
            assertThat(kernel.pageTables().rootTable())
                    .isNotEqualTo(whole.pageTables().rootTable());
            assertThat(warnings.getFirst()).contains("is 0x0;").contains("reading its image in one piece");
            assertThat(warnings.getLast()).contains("stands in for the kernel's own");
        }
    }

    private static long physicalFrame(Kernel kernel, long address) throws IOException {
        return ((Mapping.Mapped) kernel.pageTables().translate(address, 1)).to() >>> 12;
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
