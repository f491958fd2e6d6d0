package io.inquest.kdump.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PlanTextTest {

    /// Process 1, which reads what is written here.
    private static final Path INIT = Path.of("..", "capture", "target", "native", "inquest-init");

    private static final Plan WHOLE = new Plan(
            List.of(
                    new Plan.KernelModule("/modules/a.ko", ""),
                    new Plan.KernelModule("/modules/b.ko", "margin=60 nowayout=1")),
            Optional.of(new Plan.RuntimeImage("/inquest.squashfs", "squashfs")),
            Optional.of(new Plan.Java(60, List.of("/inquest/jre/bin/java", "-Dempty=", "", "100% \u00e9\t\n"))),
            Optional.of(new Plan.Watchdog("/dev/watchdog0", 30)),
            600,
            List.of(
                    new PlanTarget.Folder(0, "ext4", "UUID=1234", "noatime,data=ordered", "/var/crash"),
                    new PlanTarget.Folder(1, "vfat", "LABEL=two words", "", "/"),
                    new PlanTarget.RawDevice(7, "/dev/vdb")),
            Ending.POWEROFF,
            Ending.SHELL,
            List.of("/dev/ttyS0", "/dev/tty0"));

    @TempDir
    private Path folder;

    @Test
    void eachThingIsALine() {
        assertThat(PlanText.of(WHOLE)).isEqualTo("""
                module /modules/a.ko
                module /modules/b.ko margin=60%20nowayout=1
                runtime /inquest.squashfs squashfs
                java 60 /inquest/jre/bin/java -Dempty= % 100%25%20\u00e9%09%0A
                watchdog /dev/watchdog0 30
                deadline 600
                target 0 file ext4 UUID=1234 noatime,data=ordered /var/crash
                target 1 file vfat LABEL=two%20words % /
                target 7 raw /dev/vdb
                final poweroff
                failure shell
                console /dev/ttyS0 /dev/tty0
                """);
    }

    @Test
    void processOneUnderstandsAllOfIt() throws IOException, InterruptedException {
        assumeTrue(Files.exists(INIT), "process 1 is not built: no C compiler, or no static C library");
        Path file = Files.writeString(folder.resolve("plan"), PlanText.of(WHOLE));

        Process process = new ProcessBuilder(INIT.toString(), "check-plan", file.toString())
                .redirectErrorStream(true)
                .start();
        String understood = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).isZero();
        assertThat(understood).isEqualTo(PlanText.of(WHOLE));
    }

    @Test
    void whatCannotBeMeantIsNoPlan() {
        assertThatThrownBy(() -> new Plan.Java(1, List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Plan.Watchdog("/dev/watchdog", 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PlanTarget.Folder(0, "ext4", "/dev/vda", "", "crash"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
