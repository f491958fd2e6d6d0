package io.inquest.kdump.initramfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inquest.capture.config.Configuration;
import io.inquest.capture.config.Reading;
import io.inquest.capture.config.read.ConfigurationReader;
import io.inquest.capture.config.read.SourceFile;
import io.inquest.capture.place.Mounts;
import io.inquest.kdump.host.BlockDevices;
import io.inquest.kdump.host.KernelConfig;
import io.inquest.kdump.host.KernelModules;
import io.inquest.kdump.plan.Ending;
import io.inquest.kdump.plan.Plan;
import io.inquest.kdump.plan.PlanTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ImageAssemblyTest {

    @TempDir
    private Path folder;

    private Path init;
    private Path modules;

    @BeforeEach
    void build() throws IOException {
        init = Files.writeString(folder.resolve("inquest-init"), "process 1");
        modules = folder.resolve("modules");
        Files.createDirectories(modules.resolve("kernel"));
        Files.writeString(modules.resolve("modules.dep"), "kernel/xfs.ko: kernel/libcrc32c.ko\nkernel/libcrc32c.ko:\n");
        Files.writeString(modules.resolve("modules.builtin"), "kernel/ext4.ko\n");
        Files.writeString(modules.resolve("kernel/xfs.ko"), "xfs");
        Files.writeString(modules.resolve("kernel/libcrc32c.ko"), "crc");
    }

    private ImageAssembly.Assembled assemble(String conf) throws IOException {
        Path file = Files.writeString(folder.resolve("kdump.conf"), conf);
        Reading reading = ConfigurationReader.read(List.of(SourceFile.read(file)));
        assertThat(reading).isInstanceOf(Reading.Valid.class);
        Configuration configuration = ((Reading.Valid) reading).configuration();
        return ImageAssembly.of(new ImageRequest(
                init,
                Optional.empty(),
                KernelConfig.unknown(),
                KernelModules.read(modules),
                List.of(),
                configuration,
                List.of(file),
                folder.resolve("hooks"),
                Mounts.parse("22 1 254:1 / / rw - ext4 /dev/vda1 rw\n"),
                new BlockDevices(folder.resolve("sys"), folder.resolve("dev")),
                60,
                Optional.empty()));
    }

    @Test
    void theTargetIsWhatTheConfigurationSays() throws IOException {
        Plan plan = assemble("xfs UUID=1234\npath /dumps\n").plan();

        assertThat(plan.targets()).containsExactly(new PlanTarget.Folder(0, "xfs", "UUID=1234", "", "/dumps"));
        assertThat(plan.modules())
                .extracting(Plan.KernelModule::path)
                .containsExactly("/modules/libcrc32c.ko", "/modules/xfs.ko");
        assertThat(plan.success()).isEqualTo(Ending.REBOOT);
        assertThat(plan.java()).isEmpty();
    }

    @Test
    void withoutATargetItIsTheRunningSystemsDisk() throws IOException {
        assertThat(assemble("path /var/crash\n").plan().targets())
                .containsExactly(new PlanTarget.Folder(0, "ext4", "/dev/vda1", "", "/var/crash"));
    }

    @Test
    void dumpToRootfsIsOneMoreTarget() throws IOException {
        Plan plan = assemble("raw /dev/vdb\nfailure_action dump_to_rootfs\nfinal_action halt\n")
                .plan();

        assertThat(plan.targets())
                .containsExactly(
                        new PlanTarget.RawDevice(0, "/dev/vdb"),
                        new PlanTarget.Folder(1, "ext4", "/dev/vda1", "", "/var/crash"));
        assertThat(plan.failure()).isEqualTo(Ending.HALT);
    }

    @Test
    void targetsKeepTheNumbersOfTheConfigurationWhereOneIsLeftOut() throws IOException {
        assertThat(assemble("nfs server:/export\next4 UUID=1234\n").plan().targets())
                .containsExactly(new PlanTarget.Folder(1, "ext4", "UUID=1234", "", "/var/crash"));
    }

    @Test
    void aFileSystemThatTheKernelLacksIsRefused() {
        assertThatThrownBy(() -> assemble("btrfs UUID=1234\n"))
                .hasMessageContaining("the capture kernel has no btrfs, neither built in nor as a module");
    }

    @Test
    void whatTheImageCannotDoYetIsWarnedOf() throws IOException {
        assertThat(assemble("ext4 UUID=1234\n").warnings())
                .anyMatch(warning -> warning.startsWith("target UUID=1234: not there now"))
                .anyMatch(warning -> warning.startsWith("no Java runtime"));
        assertThatThrownBy(() -> assemble("nfs server:/export\n")).hasMessageContaining("no network yet");
    }

    @Test
    void theSameInputsGiveTheSameBytes() throws IOException {
        Path one = folder.resolve("one");
        Path other = folder.resolve("other");
        assemble("xfs UUID=1234\n").image().write(one);
        Files.setLastModifiedTime(init, FileTime.fromMillis(0));
        assemble("xfs UUID=1234\n").image().write(other);

        assertThat(other).hasSameBinaryContentAs(one);
    }

    @Test
    void aFileTellsWhetherItIsTheImageAlready() throws IOException {
        Path file = folder.resolve("image");
        assertThat(assemble("xfs UUID=1234\n").image().isIn(file)).isFalse();

        assemble("xfs UUID=1234\n").image().write(file);

        assertThat(assemble("xfs UUID=1234\n").image().isIn(file)).isTrue();
        assertThat(assemble("xfs UUID=1235\n").image().isIn(file)).isFalse();
        Files.writeString(modules.resolve("kernel/xfs.ko"), "xfs, mended");
        assertThat(assemble("xfs UUID=1234\n").image().isIn(file)).isFalse();
        Files.write(file, new byte[10]);
        assertThat(assemble("xfs UUID=1234\n").image().isIn(file)).isFalse();
    }

    @Test
    void theImageIsForItsOwnerAlone() throws IOException {
        Path file = folder.resolve("image");
        assemble("xfs UUID=1234\n").image().write(file);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (var files = Files.list(folder)) {
            assertThat(files.map(path -> path.getFileName().toString())).doesNotContain("image.new", "image.runtime");
        }
    }
}
