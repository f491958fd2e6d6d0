package io.inquest.cli.kdump;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.cli.ExitCode;
import io.inquest.cli.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `inquest kdump image`.
final class ImageCommandTest {

    @TempDir
    private Path folder;

    @BeforeEach
    void makeInputs() throws IOException {
        Path modules = Files.createDirectories(folder.resolve("modules"));
        Files.writeString(modules.resolve("modules.dep"), "kernel/virtio_blk.ko:\n");
        Files.writeString(modules.resolve("modules.builtin"), "kernel/fs/ext4/ext4.ko\n");
        Files.createDirectories(modules.resolve("kernel"));
        Files.writeString(modules.resolve("kernel/virtio_blk.ko"), "a module");
        Files.writeString(folder.resolve("inquest-init"), "process 1");
        Files.writeString(folder.resolve("kdump.conf"), "ext4 UUID=0badf00d\nfinal_action poweroff\ndeadline 10m\n");
        Files.writeString(folder.resolve("config"), "CONFIG_RD_GZIP=y\n");
    }

    private Ran image(String... more) {
        List<String> words = new ArrayList<>(List.of("kdump", "image", "--kernel", "6.12.0"));
        words.addAll(List.of("--file", folder.resolve("kdump.conf").toString()));
        words.addAll(List.of("--init", folder.resolve("inquest-init").toString()));
        words.addAll(List.of("--modules", folder.resolve("modules").toString()));
        words.addAll(List.of("--kernel-config", folder.resolve("config").toString()));
        words.addAll(List.of(more));
        return Ran.inquest(words.toArray(String[]::new));
    }

    @Test
    void thePlanIsShownAndNothingIsWritten() {
        Ran ran = image("--plan", "--module", "virtio-blk");

        assertThat(ran.exitCode()).as(ran.err()).isEqualTo(ExitCode.OK);
        assertThat(ran.out()).isEqualTo("""
                module /modules/virtio_blk.ko
                deadline 600
                target 0 file ext4 UUID=0badf00d % /var/crash
                final poweroff
                failure reboot
                """);
        assertThat(ran.err()).contains("inquest: warning: target UUID=0badf00d: not there now");
    }

    @Test
    void anImageIsWrittenOnceAndThenLeftAsItIs() throws IOException {
        Path out = folder.resolve("image");

        assertThat(image("--out", out.toString()).out()).startsWith(out + ": ").doesNotContain("as it was");
        var written = Files.getLastModifiedTime(out);
        byte[] bytes = Files.readAllBytes(out);
        Files.setLastModifiedTime(folder.resolve("inquest-init"), FileTime.fromMillis(0));

        assertThat(image("--out", out.toString()).out()).endsWith(", as it was\n");
        assertThat(Files.getLastModifiedTime(out)).isEqualTo(written);
        Files.writeString(folder.resolve("inquest-init"), "process 1, mended");
        assertThat(image("--out", out.toString()).out()).doesNotContain("as it was");
        assertThat(Files.readAllBytes(out)).isNotEqualTo(bytes);
    }

    @Test
    void wrongCommandLinesAreToldWithWhatIsRight() {
        assertThat(image("--out", "x", "--packing", "rar").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(image("--out", "x", "--packing", "rar").err())
                .contains("--packing rar: expected zstd, xz, gzip or none");
        assertThat(image().err()).contains("--out FILE, or --plan");
    }

    @Test
    void whatIsNotThereIsNamed() throws IOException {
        Ran noModule = image("--plan", "--module", "zfs");
        assertThat(noModule.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(noModule.err()).contains("module zfs: not in " + folder.resolve("modules"));

        Ran noRuntime = image("--plan", "--runtime", folder.toString());
        assertThat(noRuntime.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(noRuntime.err()).contains(folder + ": no jre/bin/java in it");

        Files.writeString(folder.resolve("kdump.conf"), "ext4\n");
        Ran badConfiguration = image("--plan");
        assertThat(badConfiguration.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(badConfiguration.err()).contains("kdump.conf:1: ");
    }
}
