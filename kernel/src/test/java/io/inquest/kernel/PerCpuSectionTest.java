package io.inquest.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.inquest.dump.MemoryFault;
import io.inquest.kernel.object.KernelObject;
import io.inquest.testkit.SyntheticMemory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PerCpuSectionTest {

    @ParameterizedTest
    @CsvSource({"0x0ff0, 16, -1", "0x0ff0, 17, 0x1000", "0x10ff, 4, 0x10ff", "0x1100, 4, -1", "0x0f00, 0x300, 0x1000"})
    void nothingOfTheSectionIsRead(int address, int bytes, int faultsAt) throws IOException {
        SyntheticMemory pages = new SyntheticMemory(ByteOrder.LITTLE_ENDIAN);
        pages.put(0, new byte[0x2000]);
        AddressSpace memory = new FlatSpace(pages, Long.BYTES);
        AddressSpace section = new PerCpuSection(memory, 0x1000, 0x1100, at -> "runqueues");
        ByteBuffer target = ByteBuffer.allocate(bytes);
        if (faultsAt < 0) {
            section.read(address, target);
            assertThat(target.hasRemaining()).isFalse();
        } else {
            assertThatExceptionOfType(MemoryFault.class)
                    .isThrownBy(() -> section.read(address, target))
                    .withMessageStartingWith("runqueues is per CPU, and no CPU's copy is at 0x")
                    .satisfies(fault -> assertThat(fault.address()).isEqualTo(faultsAt));
        }
    }

    @Test
    void theImagesOwnCopyIsNoVariable() throws IOException {
        KernelObject runqueues = OpenSamples.kernel("7.2-d23-flat").object("runqueues");

        assertThatExceptionOfType(MemoryFault.class)
                .isThrownBy(() -> runqueues.member("cpu").intValue())
                .withMessageStartingWith("runqueues is per CPU");
    }

    @ParameterizedTest
    @ValueSource(strings = {"6.1-d31", "6.12-d1", "7.2-d23-flat"})
    void symbolsTellWhatIsPerCpu(String sample) throws IOException {
        Kernel kernel = OpenSamples.kernel(sample);

        assertThat(kernel.isPerCpu("runqueues")).isTrue();
        assertThat(kernel.isPerCpu("vm_event_states")).isTrue();
        assertThat(kernel.isPerCpu("init_task")).isFalse();
        assertThat(kernel.isPerCpu("__per_cpu_end")).isFalse();
        assertThat(kernel.isPerCpu("no_such_symbol")).isFalse();
    }
}
