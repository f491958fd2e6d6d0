package io.inquest.kdump.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A machine with a partition on a virtio disk, and a volume on that.
final class BlockDevicesTest {

    private static final String PCI = "devices/pci0000:00/0000:00:03.0";

    @TempDir
    private Path folder;

    private Path sys;
    private Path dev;
    private KernelModules modules;

    @BeforeEach
    void build() throws IOException {
        sys = folder.resolve("sys");
        dev = folder.resolve("dev");
        Path partition = Files.createDirectories(sys.resolve(PCI + "/virtio0/block/vda/vda1"));
        driver(sys.resolve(PCI + "/virtio0"), "virtio_blk");
        Files.writeString(sys.resolve(PCI + "/modalias"), "pci:v00001AF4d00001001\n");
        link(sys.resolve("class/block/vda1"), partition);
        Path volume = Files.createDirectories(sys.resolve("devices/virtual/block/dm-0"));
        link(volume.resolve("slaves/vda1"), partition);
        link(sys.resolve("class/block/dm-0"), volume);
        for (String node : new String[] {"vda1", "dm-0"}) {
            Files.createDirectories(dev);
            Files.createFile(dev.resolve(node));
        }
        link(dev.resolve("disk/by-uuid/1234-ABCD"), dev.resolve("vda1"));
        link(dev.resolve("disk/by-label/dumps"), dev.resolve("vda1"));
        link(dev.resolve("mapper/vg-crash"), dev.resolve("dm-0"));
        Files.writeString(folder.resolve("modules.dep"), "kernel/virtio_blk.ko:\nkernel/virtio_pci.ko:\n");
        Files.writeString(folder.resolve("modules.alias"), "alias pci:v00001AF4d* virtio_pci\n");
        modules = KernelModules.read(folder);
    }

    private void driver(Path device, String module) throws IOException {
        Path driver = Files.createDirectories(sys.resolve("bus/virtio/drivers/" + module));
        Files.createDirectories(sys.resolve("module/" + module));
        link(driver.resolve("module"), sys.resolve("module/" + module));
        link(device.resolve("driver"), driver);
    }

    private static void link(Path link, Path target) throws IOException {
        Files.createDirectories(link.getParent());
        Files.createSymbolicLink(link, target);
    }

    @Test
    void eachNameLeadsToTheKernelsName() {
        BlockDevices devices = new BlockDevices(sys, dev);

        assertThat(devices.find("/dev/vda1")).contains("vda1");
        assertThat(devices.find("UUID=1234-ABCD")).contains("vda1");
        assertThat(devices.find("LABEL=dumps")).contains("vda1");
        assertThat(devices.find("/dev/mapper/vg-crash")).contains("dm-0");
        assertThat(devices.find("UUID=unknown")).isEmpty();
        assertThat(devices.find("tag-of-a-share")).isEmpty();
    }

    @Test
    void theUuidOfADeviceIsFound() throws IOException {
        BlockDevices devices = new BlockDevices(sys, dev);

        assertThat(devices.uuid("vda1")).contains("1234-ABCD");
        assertThat(devices.uuid("dm-0")).isEmpty();
    }

    @Test
    void theBusComesBeforeTheDiskAndTheDriverInUseBeforeGuesses() throws IOException {
        assertThat(new BlockDevices(sys, dev).drivers("vda1", modules)).containsExactly("virtio_pci", "virtio_blk");
    }

    @Test
    void aVolumeNeedsTheDriversOfWhatItLiesOn() throws IOException {
        BlockDevices devices = new BlockDevices(sys, dev);

        assertThat(devices.isAssembled("dm-0")).isTrue();
        assertThat(devices.isAssembled("vda1")).isFalse();
        assertThat(devices.drivers("dm-0", modules)).containsExactly("virtio_pci", "virtio_blk");
    }

    @Test
    void aDeviceThatIsNotThereNeedsNothing() throws IOException {
        assertThat(new BlockDevices(sys, dev).drivers("sda", modules)).isEmpty();
    }
}
