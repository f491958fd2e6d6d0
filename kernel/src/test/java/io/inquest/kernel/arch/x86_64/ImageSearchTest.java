package io.inquest.kernel.arch.x86_64;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.dump.io.MemorySource;
import io.inquest.kernel.LinkedImage;
import io.inquest.kernel.SyntheticDump;
import io.inquest.kernel.VmcoreInfo;
import io.inquest.kernel.VmlinuxFile;
import io.inquest.kernel.dwarf.IndexStore;
import io.inquest.kernel.dwarf.SupplementaryFiles;
import io.inquest.testkit.ElfObjectBuilder;
import io.inquest.testkit.SyntheticKernel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ImageSearchTest {

    private static final String BANNER = "Linux version 6.12.0-test (builder) #1 SMP\n";
    private static final long MOVED = 3L * (2 << 20);
    private static final int OBJECT = 0x11;

    /// A kernel that KASLR moved by three times 2 MiB from where `vmlinux` has it.
    private static long bannerOf(SyntheticKernel kernel) {
        long banner = kernel.allocate(4096) + 0x40;
        kernel.memory().putText(kernel.physical(banner), BANNER);
        return banner;
    }

    private static LinkedImage vmlinux(long banner, String text) throws IOException {
        byte[] bytes = (text + "\0").getBytes(StandardCharsets.US_ASCII);
        byte[] file = ElfObjectBuilder.executable()
                .loaded(".rodata", banner - MOVED, bytes)
                .symbol("linux_banner", ".rodata", banner - MOVED, bytes.length, OBJECT)
                .symbol("init_top_pgt", ".rodata", SyntheticKernel.IMAGE - MOVED, 4096, OBJECT)
                .build();
        return VmlinuxFile.open(new MemorySource("vmlinux", file), SupplementaryFiles.NONE, IndexStore.NONE)
                .image();
    }

    private static Optional<String> located(SyntheticKernel kernel, LinkedImage image) throws IOException {
        return new X86_64().locate(image, new SyntheticDump(kernel.memory(), "").memory());
    }

    @ParameterizedTest
    @CsvSource({"4, 0", "4, 0x600000", "5, 0x400000", "5, -0x400000"})
    void theImageIsFoundWhereItRan(int levels, long physBase) throws IOException {
        SyntheticKernel kernel = new SyntheticKernel(levels, physBase, 0);

        Optional<String> lines = located(kernel, vmlinux(bannerOf(kernel), BANNER));

        VmcoreInfo found = VmcoreInfo.parse(lines.orElseThrow());
        assertThat(found.kernelOffset()).isEqualTo(MOVED);
        assertThat(found.number("phys_base")).hasValue(physBase);
        assertThat(found.number("pgtable_l5_enabled")).hasValue(levels - 4);
        assertThat(found.number("sme_mask")).hasValue(0);
    }

    @Test
    void anotherKernelsBannerIsNotFound() throws IOException {
        SyntheticKernel kernel = new SyntheticKernel();

        assertThat(located(kernel, vmlinux(bannerOf(kernel), BANNER.replace("#1", "#2"))))
                .isEmpty();
    }

    /// As the capture kernel lies in the memory reserved for it.
    @Test
    void aKernelThatIsLoadedButDidNotRunIsPassedBy() throws IOException {
        SyntheticKernel kernel = new SyntheticKernel(4, 0x600000, 0);
        long banner = bannerOf(kernel);
        kernel.memory().putText(kernel.physical(banner) - 0x400000, BANNER);

        Optional<String> lines = located(kernel, vmlinux(banner, BANNER));

        assertThat(VmcoreInfo.parse(lines.orElseThrow()).number("phys_base")).hasValue(0x600000);
    }

    @Test
    void aFileWithoutItsDataLocatesNothing() throws IOException {
        byte[] file = ElfObjectBuilder.executable()
                .leftOut(".rodata", SyntheticKernel.IMAGE, 0x1000)
                .symbol("linux_banner", ".rodata", SyntheticKernel.IMAGE, 64, OBJECT)
                .build();
        LinkedImage image = VmlinuxFile.open(
                        new MemorySource("vmlinux", file), SupplementaryFiles.NONE, IndexStore.NONE)
                .image();

        assertThat(image.banner()).isEmpty();
        assertThat(located(new SyntheticKernel(), image)).isEmpty();
    }
}
