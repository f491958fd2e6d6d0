package io.inquest.capture.init;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What process 1 does from its first moment to the reboot (`src/main/native/capture.c`), as process 1 of namespaces of
/// its own: a
/// reboot there ends the namespace, and is seen as a signal.
final class ProcessOneTest {

    private static final int REBOOTED = 128 + 1;
    private static final int POWERED_OFF_OR_HALTED = 128 + 2;

    /// Programs of this machine are seen in the root that process 1 gets, to stand in for Java.
    private static final String ENTER = """
            for folder in bin lib lib64 usr; do
                if [ -d /$folder ]; then mkdir -p "$1/$folder" && mount --rbind /$folder "$1/$folder" || exit 99; fi
            done
            mkdir -p "$1/proc" && mount -t proc proc "$1/proc" || exit 99
            exec chroot "$1" $2
            """;

    @TempDir
    private Path root;

    private InitProgram.Ended ended = new InitProgram.Ended(-1, "", "");

    @BeforeEach
    void makeRoot() throws IOException, InterruptedException {
        InitProgram.assumeBuilt();
        assumeTrue(enter("/bin/true").status() == 0, "this machine gives no namespaces of one's own");
        Files.copy(InitProgram.PATH, root.resolve("init"));
        Files.createDirectories(root.resolve("etc/inquest"));
        Files.createDirectories(root.resolve("saved"));
        // Without a log: what is asked here is who saves, not what.
        Files.write(root.resolve("vmcore"), EmptyCore.bytes());
    }

    private InitProgram.Ended enter(String program) throws IOException, InterruptedException {
        return InitProgram.start(List.of(
                "unshare",
                "--user",
                "--map-root-user",
                "--mount",
                "--pid",
                "--fork",
                "sh",
                "-c",
                ENTER,
                "sh",
                root.toString(),
                program));
    }

    /// Runs process 1 with this plan, and a target in the folder `saved` unless the plan has one.
    private void capture(String... statements) throws IOException, InterruptedException {
        String plan = "vmcore /vmcore\n" + String.join("\n", statements) + "\n";
        if (!plan.contains("target")) {
            plan += "target 0 file none /saved bind /var/crash\n";
        }
        Files.writeString(root.resolve("etc/inquest/plan"), plan);
        ended = enter("/init");
    }

    private List<String> saved() throws IOException {
        Path crashes = root.resolve("saved/var/crash");
        if (!Files.exists(crashes)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(crashes, 2)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals("kexec-dmesg.log"))
                    .sorted()
                    .toList();
        }
    }

    private String state() throws IOException {
        try (Stream<Path> files = Files.walk(root.resolve("saved"))) {
            Path state =
                    files.filter(file -> file.endsWith("state")).findFirst().orElseThrow();
            return Files.readString(state);
        }
    }

    private String said() {
        return ended.err();
    }

    @Test
    void withoutJavaItSavesByItselfAndReboots() throws IOException, InterruptedException {
        capture();

        assertThat(ended.status()).as(said()).isEqualTo(REBOOTED);
        assertThat(saved()).containsExactly("state", "vmcore", "vmcore-dmesg-incomplete.txt");
        assertThat(said()).contains("java: none in the plan", "saving without Java", "target 0: saved", "reboot");
        assertThat(state().lines().map(line -> line.substring(line.indexOf(' ') + 1)))
                .anyMatch(line -> line.startsWith("start done process 1, "))
                .anyMatch(line -> line.startsWith("folder done /target/0/var/crash/127.0.0.1-"))
                .contains("lifeboat done target 0");
    }

    @Test
    void theDumpIsForItsOwnerAlone() throws IOException, InterruptedException {
        capture();

        try (Stream<Path> files = Files.walk(root.resolve("saved/var/crash"))) {
            for (Path file : files.skip(1).toList()) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .as(file.toString())
                        .isIn("rw-------", "rwx------");
            }
        }
    }

    @Test
    void whatJavaSavedIsNotSavedAgain() throws IOException, InterruptedException {
        capture("java 60 /bin/true", "final poweroff");

        assertThat(ended.status()).as(said()).isEqualTo(POWERED_OFF_OR_HALTED);
        assertThat(said()).contains("java: ended with exit status 0").doesNotContain("saving without Java");
        assertThat(saved()).isEmpty();
    }

    @Test
    void javaThatFailsIsReplaced() throws IOException, InterruptedException {
        capture("java 60 /bin/sh -c exit%201");

        assertThat(said()).contains("java: ended with exit status 1", "saving without Java");
        assertThat(saved()).contains("vmcore");
    }

    @Test
    void javaThatIsMissingIsReplaced() throws IOException, InterruptedException {
        capture("java 60 /inquest/jre/bin/java");

        assertThat(said()).contains("java: /inquest/jre/bin/java: No such file or directory");
        assertThat(saved()).contains("vmcore");
    }

    @Test
    void javaThatIsKilledIsReplaced() throws IOException, InterruptedException {
        capture("java 60 /bin/sh -c kill%20-9%20$$");

        assertThat(said()).contains("java: killed by signal 9");
        assertThat(saved()).contains("vmcore");
    }

    @Test
    void javaThatIsSilentIsEndedWithAllThatItStartedAndReplaced() throws IOException, InterruptedException {
        capture("java 1 /bin/sh -c sleep%201000%20&%20kill%20-STOP%20$$");

        assertThat(said()).contains("java: ended, as it gave no sign of life for 1 s");
        assertThat(saved()).contains("vmcore");
    }

    @Test
    void javaThatGivesSignsOfLifeIsWaitedFor() throws IOException, InterruptedException {
        capture(
                "java 2 /bin/sh -c for%20i%20in%201%202%203%204%205%206;%20do%20touch%20/run/inquest/alive;%20sleep%200.5;%20done");

        assertThat(said()).contains("java: ended with exit status 0");
        assertThat(saved()).isEmpty();
    }

    @Test
    void aDumpThatWasVerifiedIsSavedWhateverKillsJavaThen() throws IOException, InterruptedException {
        capture(
                "java 60 /bin/sh -c echo%20NOW%20verify%20done%20all%20>>/run/inquest/state;%20kill%20-9%20$$",
                "final halt");

        assertThat(ended.status()).as(said()).isEqualTo(POWERED_OFF_OR_HALTED);
        assertThat(saved()).isEmpty();
    }

    @Test
    void whatIsIncompleteEndsAsAFailureAndIsNotSavedAgain() throws IOException, InterruptedException {
        capture("java 60 /bin/sh -c exit%203", "failure poweroff");

        assertThat(ended.status()).as(said()).isEqualTo(POWERED_OFF_OR_HALTED);
        assertThat(saved()).isEmpty();
    }

    @Test
    void aTargetThatIsBrokenIsFollowedByTheNext() throws IOException, InterruptedException {
        capture(
                "target 0 file nosuchfs /nowhere % /var/crash",
                "target 1 file none /saved bind /var/crash", "target 2 file none /saved bind /other");

        assertThat(said())
                .contains("target 0: /nowhere (/nowhere) cannot be mounted as nosuchfs: No such device")
                .contains("target 1: saved");
        assertThat(saved()).contains("vmcore");
        assertThat(root.resolve("saved/other")).doesNotExist();
    }

    @Test
    void aRawDeviceGetsTheMemory() throws IOException, InterruptedException {
        Path device = Files.write(root.resolve("device"), new byte[1 << 20]);

        capture("target 0 raw /device", "final poweroff");

        assertThat(ended.status()).as(said()).isEqualTo(POWERED_OFF_OR_HALTED);
        assertThat(said()).contains("target 0: saved");
        assertThat(Files.readAllBytes(device)).startsWith("makedumpfile".getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void whatNoTargetTakesEndsAsAFailure() throws IOException, InterruptedException {
        capture("target 0 file nosuchfs /nowhere % /var/crash", "failure halt");

        assertThat(ended.status()).as(said()).isEqualTo(POWERED_OFF_OR_HALTED);
    }

    @Test
    void aDumpThatIsNotWholeKeepsItsNameAndTheNextTargetIsTried() throws IOException, InterruptedException {
        Files.createDirectories(root.resolve("other"));
        Files.write(root.resolve("vmcore"), EmptyCore.promising(100_000));

        capture("target 0 file none /saved bind /var/crash", "target 1 file none /other bind /", "failure poweroff");

        assertThat(ended.status()).as(said()).isEqualTo(POWERED_OFF_OR_HALTED);
        assertThat(saved()).contains("vmcore-incomplete").doesNotContain("vmcore");
        assertThat(said()).contains("target 0: the vmcore is not saved, or not all of it");
    }

    @Test
    void theDeadlineEndsAHangingStepAndTheMachineReboots() throws IOException, InterruptedException {
        capture("java 0 /bin/sleep 1000", "deadline 1", "failure poweroff");

        assertThat(ended.status()).as(said()).isEqualTo(REBOOTED);
        assertThat(said()).contains("java: ended, as the deadline of 1 s is over");
        assertThat(saved()).isEmpty();
    }

    @Test
    void withoutAVmcoreNothingIsSaved() throws IOException, InterruptedException {
        Files.delete(root.resolve("vmcore"));

        capture("java 60 /bin/true", "failure poweroff");

        assertThat(ended.status()).as(said()).isEqualTo(POWERED_OFF_OR_HALTED);
        assertThat(said()).contains("/vmcore is not there: this is no capture kernel");
    }

    @Test
    void withoutAPlanItReboots() throws IOException, InterruptedException {
        ended = enter("/init");

        assertThat(ended.status()).as(said()).isEqualTo(REBOOTED);
        assertThat(said()).contains("/etc/inquest/plan: there is no plan");
    }

    @Test
    void aModuleThatTheKernelRefusesIsToldAndTheRestGoesOn() throws IOException, InterruptedException {
        Files.writeString(root.resolve("none.ko"), "none");

        capture("module /none.ko", "module /nowhere.ko");

        assertThat(said())
                .contains("module /none.ko: ")
                .contains("module /nowhere.ko: No such file or directory")
                .contains("modules: 0 inserted, 2 not");
        assertThat(saved()).contains("vmcore");
    }

    @Test
    void theShellIsWhatTheFailureActionSays() throws IOException, InterruptedException {
        capture("target 0 file nosuchfs /nowhere % /var/crash", "failure shell", "final poweroff");

        assertThat(said()).contains("a shell, as configured");
        assertThat(ended.status()).as(said()).isEqualTo(POWERED_OFF_OR_HALTED);
    }
}
