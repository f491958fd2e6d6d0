package io.inquest.crash.command.kmem;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.crash.Asked;
import io.inquest.crash.ExitCode;
import io.inquest.crash.session.Session;
import io.inquest.crash.session.Sources;
import io.inquest.dump.DelegatingDump;
import io.inquest.dump.DelegatingMemory;
import io.inquest.dump.MemoryFault;
import io.inquest.dump.PageState;
import io.inquest.dump.PhysicalMemory;
import io.inquest.dump.Warnings;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.Mapping;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class CountersPartTest {

    @Test
    void countersThatAreLostCostNoOthers() throws IOException {
        Kernel whole = Asked.kernel("6.12-d1");
        long zones = whole.symbols().address("vm_zone_stat").orElseThrow();
        Mapping.Mapped place = (Mapping.Mapped) whole.pageTables().translate(zones, Long.BYTES);
        Kernel holed =
                Kernel.open(new DelegatingDump(whole.dump(), new Holed(whole.memory(), place.to())), Warnings.NONE);

        Asked asked = Asked.of(new Session(holed, new Sources(List.of("holed"), Optional.empty())), "kmem -V");

        assertThat(asked.out()).doesNotContain("VM_ZONE_STAT").contains("  VM_EVENT_STATES:\n", " PGFAULT: ");
        assertThat(asked.err()).startsWith("kmem: ").contains("lost");
        assertThat(asked.exitCode()).isEqualTo(ExitCode.MEMORY);
    }

    /// Memory without the page of an address.
    private static final class Holed extends DelegatingMemory {

        private final long lost;

        Holed(PhysicalMemory whole, long address) {
            super(whole);
            this.lost = address >>> 12;
        }

        @Override
        public void read(long physicalAddress, ByteBuffer target) throws IOException {
            long last = (physicalAddress + target.remaining() - 1) >>> 12;
            if (physicalAddress >>> 12 <= lost && lost <= last) {
                throw new MemoryFault(lost << 12, PageState.EXCLUDED, "the page is lost");
            }
            super.read(physicalAddress, target);
        }
    }
}
