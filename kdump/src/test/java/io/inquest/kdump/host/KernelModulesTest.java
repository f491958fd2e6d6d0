package io.inquest.kdump.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KernelModulesTest {

    @TempDir
    private Path folder;

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("modules.dep"), """
                kernel/fs/xfs/xfs.ko.xz: kernel/lib/libcrc32c.ko.xz
                kernel/lib/libcrc32c.ko.xz:
                kernel/crypto/crc32c_generic.ko.xz:
                kernel/drivers/net/virtio_net.ko.xz: kernel/net/core/failover.ko.xz kernel/net/net-failover.ko.xz
                kernel/net/net-failover.ko.xz: kernel/net/core/failover.ko.xz
                kernel/net/core/failover.ko.xz:
                kernel/drivers/i2c/i2c-dev.ko:
                kernel/a.ko: kernel/b.ko
                kernel/b.ko: kernel/a.ko
                """);
        Files.writeString(folder.resolve("modules.softdep"), """
                # Soft dependencies extracted from modules themselves.
                softdep libcrc32c pre: crypto-crc32c
                softdep xfs pre: not-there post: i2c_dev
                softdep virtio_net crc32c-generic
                """);
        Files.writeString(
                folder.resolve("modules.builtin"), "kernel/fs/ext4/ext4.ko\nkernel/drivers/virtio/virtio-pci.ko\n");
        Files.writeString(folder.resolve("modules.alias"), """
                alias crypto-crc32c crc32c_generic
                alias virtio:d00000001v* virtio_net
                alias pci:v00008086d0000[12]???sv* i2c_dev
                """);
    }

    private List<String> order(String... names) throws IOException {
        return KernelModules.read(folder).inOrder(List.of(names)).stream()
                .map(ModuleFile::name)
                .toList();
    }

    @Test
    void whatAModuleNeedsOrWantsComesBeforeIt() throws IOException {
        assertThat(order("xfs")).containsExactly("crc32c_generic", "libcrc32c", "xfs", "i2c_dev");
        assertThat(order("virtio_net")).containsExactly("crc32c_generic", "failover", "net_failover", "virtio_net");
    }

    @Test
    void eachComesOnce() throws IOException {
        assertThat(order("virtio-net", "net_failover", "failover", "crc32c_generic"))
                .doesNotHaveDuplicates()
                .hasSize(4);
    }

    @Test
    void whatTheKernelHasBuiltInIsNotInserted() throws IOException {
        assertThat(order("ext4", "virtio_pci", "virtio-pci")).isEmpty();
        assertThat(KernelModules.read(folder).has("virtio_pci")).isTrue();
        assertThat(KernelModules.read(folder).has("zfs")).isFalse();
    }

    @Test
    void modulesThatNeedEachOtherDoNotGoRoundForEver() throws IOException {
        assertThat(order("a")).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void anUnknownModuleIsToldWithTheFolder() {
        assertThatThrownBy(() -> order("zfs"))
                .isInstanceOf(IOException.class)
                .hasMessage("module zfs: not in " + folder + ", nor built into its kernel");
    }

    @Test
    void aliasesHaveWildcards() throws IOException {
        KernelModules modules = KernelModules.read(folder);

        assertThat(modules.serving("virtio:d00000001v00001AF4")).containsExactly("virtio_net");
        assertThat(modules.serving("virtio:d00000002v00001AF4")).isEmpty();
        assertThat(modules.serving("pci:v00008086d00002922sv00001AF4")).containsExactly("i2c_dev");
        assertThat(modules.serving("pci:v00008086d00003922sv00001AF4")).isEmpty();
    }

    @Test
    void aFolderWithoutAnIndexIsNoneOfModules() {
        assertThatThrownBy(() -> KernelModules.read(folder.resolve("other"))).hasMessageContaining("no modules.dep");
    }

    @Test
    void packedModulesAreUnpacked() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write("module".getBytes(StandardCharsets.US_ASCII));
        }
        Path gz = Files.write(folder.resolve("a.ko.gz"), packed.toByteArray());
        Path plain = Files.writeString(folder.resolve("b.ko"), "module");

        assertThat(new ModuleFile("a", gz).unpacked()).asString().isEqualTo("module");
        assertThat(new ModuleFile("b", plain).unpacked()).asString().isEqualTo("module");
    }
}
