package io.inquest.kernel.type.btf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inquest.dump.DumpException;
import io.inquest.dump.MemoryFault;
import io.inquest.dump.PageState;
import io.inquest.kernel.AddressSpace;
import io.inquest.kernel.FlatSpace;
import io.inquest.kernel.Mapping;
import io.inquest.kernel.VmcoreInfo;
import io.inquest.kernel.type.TypeKind;
import io.inquest.testkit.BtfBuilder;
import io.inquest.testkit.SyntheticMemory;
import io.inquest.testkit.VmcoreInfoBuilder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

/// Where the kernel's BTF is, and whether it is the kernel's.
final class KernelBtfTest {

    private static final long TEXT = 0xffff_ffff_8100_0000L;
    private static final long START = TEXT + 0x3ffc;

    private final BtfBuilder btf = new BtfBuilder(ByteOrder.LITTLE_ENDIAN);
    private final SyntheticMemory memory = new SyntheticMemory(ByteOrder.LITTLE_ENDIAN);
    private final FlatSpace space = new FlatSpace(memory, 8);
    private final VmcoreInfo info = VmcoreInfo.parse(
            new VmcoreInfoBuilder().symbol("_stext", TEXT).size("list_head", 16).build());

    private void kernelTypes(int commBytes, int listBytes) {
        int comm = btf.array(btf.integer("char", 1, 0), commBytes);
        btf.struct("task_struct", 64, btf.member("comm", comm, 0));
        btf.struct("list_head", listBytes);
    }

    /// Some thousands of types: the section covers several pages.
    private byte[] large() {
        kernelTypes(16, 16);
        for (int i = 0; i < 1000; i++) {
            btf.struct("struct_" + i, i);
        }
        return btf.build();
    }

    @Test
    void sectionBetweenTheSymbolsIsTheKernels() throws IOException {
        byte[] section = large();
        memory.put(START, section);

        Btf found = KernelBtf.between(space, info, START, START + section.length);

        assertThat(found.describe()).isEqualTo("BTF of vmlinux (1,004 types)");
        assertThat(found.named(TypeKind.STRUCT, "struct_999").getFirst().bytes())
                .isEqualTo(999);
    }

    @Test
    void scanTakesTheLongestSection() throws IOException {
        byte[] program = new BtfBuilder(ByteOrder.LITTLE_ENDIAN).build();
        memory.put(TEXT + 0x1000, program);
        memory.reserve(TEXT, 0x4000);
        memory.put(START, large());
        memory.put(START + 0x20_0000, program);

        assertThat(KernelBtf.scan(space, info).count()).isEqualTo(1004);
    }

    @Test
    void pageThatIsNotThereEndsTheTypesAndEmptiesNames() throws IOException {
        byte[] section = large();
        memory.put(START, section);
        memory.pages().remove((START + 0x1004) >>> 12);

        Btf found = KernelBtf.between(space, info, START, START + section.length);

        assertThat(found.count()).isBetween(300, 400);
        assertThat(found.describe()).endsWith("those behind them lost)");
        assertThat(found.named(TypeKind.STRUCT, "task_struct")).hasSize(1);
    }

    @Test
    void sectionWhoseTypesAreLostIsNotSaidToDescribeNoKernel() {
        byte[] section = large();
        memory.put(START, section);
        for (long page = START >>> 12; page <= (START + section.length) >>> 12; page++) {
            memory.pages().remove(page);
        }
        assertThatThrownBy(() -> KernelBtf.between(space, info, START, START + section.length))
                .isInstanceOf(DumpException.class)
                .hasMessageStartingWith("the kernel's BTF at 0xffffffff8")
                .hasMessageContaining("pages cannot be read (");
    }

    @Test
    void typesOfNoKernelOrOfAnotherAreRefused() {
        kernelTypes(15, 16);
        memory.put(START, btf.build());
        assertThatThrownBy(() -> KernelBtf.scan(space, info))
                .isInstanceOf(DumpException.class)
                .hasMessageContaining("does not describe a kernel: it has no task_struct with a comm of 16 bytes");

        BtfBuilder other = new BtfBuilder(ByteOrder.LITTLE_ENDIAN);
        int comm = other.array(other.integer("char", 1, 0), 16);
        other.struct("task_struct", 64, other.member("comm", comm, 0));
        other.struct("list_head", 24);
        memory.put(START, other.build());
        assertThatThrownBy(() -> KernelBtf.scan(space, info))
                .hasMessageContaining("its list_head has 24 bytes, vmcoreinfo says 16");
    }

    @Test
    void dumpWithoutThePagesOfTheImageIsNotAKernelWithoutBtf() {
        AddressSpace holed = new AddressSpace() {
            @Override
            public ByteOrder order() {
                return space.order();
            }

            @Override
            public int wordBytes() {
                return space.wordBytes();
            }

            @Override
            public Mapping translate(long virtualAddress, long bytes) {
                return space.translate(virtualAddress, bytes);
            }

            @Override
            public void read(long virtualAddress, ByteBuffer target) {
                throw new MemoryFault(virtualAddress, PageState.LOST, "the file is cut");
            }
        };
        assertThatThrownBy(() -> KernelBtf.scan(holed, info))
                .isInstanceOf(DumpException.class)
                .hasMessageContaining("was not found from 0xffffffff81000000 on, where the dump lacks 2048 pages");
    }

    @Test
    void kernelWithoutBtfIsToldSo() {
        memory.reserve(TEXT, 0x10_0000);
        assertThatThrownBy(() -> KernelBtf.scan(space, info))
                .isInstanceOf(DumpException.class)
                .hasMessageContaining("this kernel has no BTF");
        assertThatThrownBy(() -> KernelBtf.between(space, info, TEXT, TEXT + 4096))
                .hasMessageContaining("it begins with 0x0, expected 0xeb9f");
        assertThatThrownBy(() -> KernelBtf.between(space, info, TEXT, TEXT - 1))
                .hasMessageContaining("its size is 0xffffffffffffffff");
    }
}
