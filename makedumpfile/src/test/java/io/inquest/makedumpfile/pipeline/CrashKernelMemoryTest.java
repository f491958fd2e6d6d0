package io.inquest.makedumpfile.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.dump.PfnRange;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What `/proc/iomem` tells of memory reserved for the crash kernel.
class CrashKernelMemoryTest {

    @Test
    void reservedFramesAreThoseOfTheCrashKernel() {
        List<String> lines = List.of(
                "00001000-0009fbff : System RAM",
                "00100000-bffdffff : System RAM",
                "  01000000-01ffffff : Kernel code",
                "  ab000000-baffffff : Crash kernel",
                "100000000-13fffffff : System RAM");

        assertThat(CrashKernelMemory.parse(lines, 12)).containsExactly(new PfnRange(0xab000, 0xbb000));
    }

    @Test
    void zerosInPlaceOfAddressesAreNoRange() {
        assertThat(CrashKernelMemory.parse(List.of("  00000000-00000000 : Crash kernel"), 12))
                .isEmpty();
    }
}
