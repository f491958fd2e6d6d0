package io.inquest.kernel.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.inquest.dump.MemoryFault;
import io.inquest.dump.Warnings;
import io.inquest.kernel.FlatSpace;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.Mapping;
import io.inquest.kernel.SyntheticDump;
import io.inquest.kernel.object.KernelObject;
import io.inquest.kernel.type.Types;
import io.inquest.kernel.type.btf.Btf;
import io.inquest.kernel.type.btf.MalformedBtf;
import io.inquest.testkit.BtfBuilder;
import io.inquest.testkit.PageTableBuilder;
import io.inquest.testkit.SyntheticKernel;
import io.inquest.testkit.SyntheticMemory;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Where the root page table of a task lies, from `mm_struct.pgd`.
final class RootTableTest {

    private static final long MM = 0x1000;
    private static final long USER = 0x40_0000;
    private static final long TABLES = 0x20_0000;
    private static final int PGD_SHIFT = 39;

    private final SyntheticKernel machine = new SyntheticKernel();

    /// The memory of a task with one page, its root table seen in the direct map.
    private MemoryMap map() throws IOException, MalformedBtf {
        PageTableBuilder user = new PageTableBuilder(machine.memory(), 4, TABLES, 0).map4K(USER, 0x30_0000);
        Kernel kernel = Kernel.open(
                new SyntheticDump(machine.memory(), machine.vmcoreInfo().build()), Warnings.NONE);
        SyntheticMemory object = new SyntheticMemory(ByteOrder.LITTLE_ENDIAN);
        object.put64(MM, machine.directMap() + user.root());
        return new MemoryMap(
                kernel, KernelObject.at(new FlatSpace(object, 8), memoryType().require("struct mm"), MM));
    }

    private static Types memoryType() throws IOException, MalformedBtf {
        BtfBuilder btf = new BtfBuilder(ByteOrder.LITTLE_ENDIAN);
        int word = btf.integer("unsigned long", 8, 0);
        btf.struct("mm", 8, btf.member("pgd", word, 0));
        return new Types(List.of(Btf.of("synthetic", btf.build(), ByteOrder.LITTLE_ENDIAN, 8)), 8);
    }

    @Test
    void theDirectMapLeadsToIt() throws IOException, MalformedBtf {
        assertThat(map().space().translate(USER, 8)).isInstanceOf(Mapping.Mapped.class);
    }

    /// Page frame 0 must not be taken for a table.
    @Test
    void withoutTheDirectMapItIsAFault() throws IOException, MalformedBtf {
        machine.tables().setEntry(machine.directMap(), PGD_SHIFT, 0);
        MemoryMap map = map();
        assertThatExceptionOfType(MemoryFault.class)
                .isThrownBy(map::space)
                .withMessageContaining("root page table")
                .withMessageContaining("direct map is lost");
    }
}
