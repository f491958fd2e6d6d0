package io.inquest.kernel.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inquest.dump.DumpException;
import org.junit.jupiter.api.Test;

final class CpuMaskTest {

    private final SyntheticStructs structs = new SyntheticStructs();

    @Test
    void bitsAreCpusUpToTheLimit() {
        structs.put(0x1000, 0b1000_1011, 1, -1);
        KernelObject words = structs.at("unsigned long [3]", 0x1000);

        CpuMask mask = CpuMask.read(words, 100);

        assertThat(mask.toString()).isEqualTo("0-1,3,7,64");
        assertThat(mask.cpus()).containsExactly(0, 1, 3, 7, 64);
        assertThat(mask.contains(64)).isTrue();
        assertThat(mask.contains(128)).isFalse();
        assertThat(mask.contains(-1)).isFalse();
    }

    @Test
    void copyOfACpuIsItsOffsetFurtherOnModuloTwoToThe64() throws DumpException {
        structs.put(0x1000, 0xff32_b689_8da5_b000L, 0xff32_b689_8da9_b000L);
        PerCpu perCpu = PerCpu.of(structs.at("void *", 0x1000), CpuMask.ofFirst(2));

        assertThat(perCpu.address(0xffff_ffff_899d_7100L, 0)).isEqualTo(0xff32_b689_1743_2100L);
        assertThat(perCpu.address(0x2_0000, 1)).isEqualTo(0xff32_b689_8dab_b000L);
    }

    @Test
    void cpuThatCannotExistIsRefused() {
        PerCpu perCpu = PerCpu.of(structs.at("void *", 0x1000), CpuMask.ofFirst(2));

        assertThatThrownBy(() -> perCpu.address(0x1000, 2))
                .isInstanceOf(DumpException.class)
                .hasMessage("CPU 2 has no copy of what is per CPU at 0x1000: this kernel's CPUs are 0-1");
    }

    @Test
    void kernelForOneProcessorHasOneCopy() throws DumpException {
        assertThat(PerCpu.single().address(0x1234, 0)).isEqualTo(0x1234);
    }
}
