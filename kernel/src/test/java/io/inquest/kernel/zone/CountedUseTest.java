package io.inquest.kernel.zone;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.dump.DelegatingDump;
import io.inquest.dump.DelegatingMemory;
import io.inquest.dump.Dump;
import io.inquest.dump.PhysicalMemory;
import io.inquest.dump.Warnings;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.Mapping;
import io.inquest.kernel.OpenSamples;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The kernel's own counters against struct pages, on real dumps.
final class CountedUseTest {

    private static final List<String> NAMES =
            List.of("free", "slab", "page table", "anonymous", "anon LRU", "file LRU", "unevictable");

    @ParameterizedTest
    @ValueSource(strings = {"6.1-d31", "6.12-d1", "7.2-d23-flat"})
    void structPagesShowWhatTheKernelCounted(String sample) throws IOException {
        Kernel kernel = OpenSamples.kernel(sample);
        List<CountedUse> uses = CountedUse.of(kernel, kernel.pageMap());

        assertThat(uses).extracting(CountedUse::name).isEqualTo(NAMES);
        for (CountedUse use : uses) {
            // Exactly: nothing was on its way when these kernels died.
            assertThat(use.counted()).as(use.name()).isBetween(use.least(), use.most());
            assertThat(use.agrees()).as(use.name()).isTrue();
        }
    }

    @Test
    void wrongCounterIsToldByHowMuchItIsOff() throws IOException {
        Kernel kernel = OpenSamples.kernel("6.12-d1");
        List<String> counters = new ArrayList<>(new Counters(kernel).nodes().keySet());
        long address = kernel.object("vm_node_stat")
                .element(counters.indexOf("NR_ANON_MAPPED"))
                .address();
        Mapping.Mapped place = (Mapping.Mapped) kernel.pageTables().translate(address, Long.BYTES);
        Dump falsified = new DelegatingDump(kernel.dump(), new Falsified(kernel.memory(), place.to(), 1_000_000));

        Kernel other = Kernel.open(falsified, Warnings.NONE);
        for (CountedUse use : CountedUse.of(other, other.pageMap())) {
            assertThat(use.agrees()).as(use.name()).isEqualTo(!use.name().equals("anonymous"));
            if (!use.agrees()) {
                assertThat(use.difference()).isBetween(1_000_000 - use.most() - 1000, 1_000_000 - use.most() + 1000);
            }
        }
    }

    @Test
    void differenceCountsFromTheNearestThatCouldBe() {
        assertThat(new CountedUse("slab", 100, 200, 90, 10).difference()).isZero();
        assertThat(new CountedUse("slab", 100, 200, 89, 10).difference()).isEqualTo(-11);
        assertThat(new CountedUse("slab", 100, 200, 210, 10).difference()).isZero();
        assertThat(new CountedUse("slab", 100, 200, 211, 10).difference()).isEqualTo(11);
    }

    /// Memory with another number in one place.
    private static final class Falsified extends DelegatingMemory {

        private final long at;
        private final long number;

        Falsified(PhysicalMemory memory, long at, long number) {
            super(memory);
            this.at = at;
            this.number = number;
        }

        @Override
        public void read(long physicalAddress, ByteBuffer target) throws IOException {
            int start = target.position();
            super.read(physicalAddress, target);
            for (int i = 0; i < Long.BYTES; i++) {
                long index = at + i - physicalAddress;
                if (index >= 0 && index < target.position() - start) {
                    target.put((int) (start + index), (byte) (number >>> (8 * i)));
                }
            }
        }
    }
}
