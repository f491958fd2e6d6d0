package io.inquest.capture.init;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How process 1 reads its plan (`src/main/native/plan.c`): `check-plan` writes what was understood.
final class PlanReadingTest {

    private static final String WHOLE = """
            module /modules/virtio_blk.ko
            module /modules/softdog.ko soft_margin=60%20nowayout=1
            runtime /inquest.squashfs squashfs
            java 60 /inquest/jre/bin/java -Dempty= % 100%25
            watchdog /dev/watchdog0 60
            deadline 600
            target 0 file ext4 UUID=11111111-2222-3333-4444-555555555555 noatime,data=ordered /var/crash
            target 1 file vfat LABEL=two%20words % /
            target 7 raw /dev/vdb
            final poweroff
            failure shell
            console /dev/ttyS0 /dev/tty0
            vmcore /somewhere/else
            """;

    @TempDir
    private Path folder;

    @BeforeEach
    void needsTheProgram() {
        InitProgram.assumeBuilt();
    }

    private InitProgram.Ended check(String plan) throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("plan"), plan);
        InitProgram.Ended ended = InitProgram.run("check-plan", file.toString());
        return new InitProgram.Ended(ended.status(), ended.out(), ended.err().replace(file.toString(), "plan"));
    }

    @Test
    void everyStatementIsUnderstood() throws IOException, InterruptedException {
        assertThat(check(WHOLE)).isEqualTo(new InitProgram.Ended(0, WHOLE, ""));
    }

    @Test
    void whatIsNotSaidIsARebootAndNothingElse() throws IOException, InterruptedException {
        assertThat(check("# nothing\n\n")).isEqualTo(new InitProgram.Ended(0, "final reboot\nfailure reboot\n", ""));
    }

    @Test
    void aWrongLineIsToldAndCostsNoOther() throws IOException, InterruptedException {
        InitProgram.Ended ended = check("""
                target 0 raw /dev/vda
                flight 714
                target 0 raw /dev/vdb
                target one raw /dev/vdb
                target 1 file ext4 /dev/vdc rw crash
                target 2 tape /dev/st0
                java soon /bin/java
                java 60
                watchdog /dev/watchdog 0
                deadline -5
                deadline 99999999999
                module /modules/a%2.ko
                final explode
                failure halt
                """);

        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.out()).isEqualTo("target 0 raw /dev/vda\nfinal reboot\nfailure halt\n");
        assertThat(ended.err()).isEqualTo("""
                plan:2: its first word is unknown; the line is left out
                plan:3: there is a target of this number already; the line is left out
                plan:4: expected the target's number; the line is left out
                plan:5: expected a path that begins with /; the line is left out
                plan:6: expected N file TYPE DEVICE OPTIONS PATH, or N raw DEVICE; the line is left out
                plan:7: expected seconds; the line is left out
                plan:8: it has too few or too many words; the line is left out
                plan:9: expected seconds; the line is left out
                plan:10: expected seconds; the line is left out
                plan:11: expected seconds; the line is left out
                plan:12: expected two hexadecimal digits behind %; the line is left out
                plan:13: expected reboot, halt, poweroff or shell; the line is left out
                """);
    }

    @Test
    void moreThanItHasRoomForIsLeftOut() throws IOException, InterruptedException {
        StringBuilder plan = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            plan.append("target ").append(i).append(" raw /dev/vda\n");
        }
        plan.append("java 1").append(" word".repeat(300)).append('\n');

        InitProgram.Ended ended = check(plan.toString());

        assertThat(ended.out().lines().filter(line -> line.startsWith("target")))
                .hasSize(32);
        assertThat(ended.err()).contains("plan:33: there are too many targets", "plan:41: it has too many words");
    }

    @Test
    void withoutAPlanItSaysSo() throws IOException, InterruptedException {
        Path none = folder.resolve("none");
        assertThat(InitProgram.run("check-plan", none.toString()))
                .isEqualTo(new InitProgram.Ended(1, "", none + ": No such file or directory\n"));
    }

    /// Whatever is in it, reading ends, by itself and not by a signal.
    @Test
    void aPlanOfAnyBytesDoesNotBreakIt() throws IOException, InterruptedException {
        Random random = new Random(7);
        for (int run = 0; run < 100; run++) {
            byte[] plan = WHOLE.getBytes(StandardCharsets.UTF_8);
            for (int flips = 1 + random.nextInt(20); flips > 0; flips--) {
                plan[random.nextInt(plan.length)] = (byte) random.nextInt();
            }
            Path file = Files.write(folder.resolve("plan"), plan);
            assertThat(InitProgram.run("check-plan", file.toString()).status())
                    .as("run %d", run)
                    .isBetween(0, 1);
        }
    }
}
