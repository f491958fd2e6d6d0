package io.inquest.capture.act;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.capture.config.AbsolutePath;
import io.inquest.capture.config.Configuration;
import io.inquest.capture.config.Target;
import io.inquest.capture.config.read.Read;
import io.inquest.capture.journal.Heartbeat;
import io.inquest.capture.storage.ssh.SshTarget;
import io.inquest.dump.Dump;
import io.inquest.dump.Dumps;
import io.inquest.dump.Warnings;
import io.inquest.dump.verify.Verdict;
import io.inquest.dump.verify.Verifier;
import io.inquest.testkit.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The act with an ssh target. The client is a script that runs what it is given in a shell of this machine, as sshd
/// would
/// at the far side, and breaks the connection when it is told to.
final class SshActTest {

    private static final String CONNECT = "while [ \"$1\" != -- ]; do shift; done; shift 2";

    private static final String KEY = "AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f";

    private Rehearsal rehearsal;
    private Path far;

    @BeforeEach
    void prepare(@TempDir Path folder) throws IOException {
        rehearsal = new Rehearsal(folder);
        far = rehearsal.folder().resolve("far side");
    }

    private SshTarget target(String... script) throws IOException {
        Path client = rehearsal.script("ssh", script);
        Configuration configuration = Read.valid("ssh kdump@127.0.0.1");
        return new SshTarget(
                (Target.Ssh) configuration
                        .saving()
                        .destinations()
                        .getFirst()
                        .target()
                        .value(),
                AbsolutePath.of(far.toString()).orElseThrow(),
                configuration.network(),
                client.toString(),
                rehearsal.folder(),
                Duration.ofMillis(10),
                Heartbeat.unwatched());
    }

    private SshTarget healthy() throws IOException {
        return target(CONNECT, "exec /bin/sh -c \"$*\"");
    }

    @Test
    void allFilesAreAtTheFarSideAndTheOwnersAlone() throws IOException {
        assertThat(rehearsal.to(healthy()).run()).isEqualTo(Ending.ALL);
        Path crash = rehearsal.crash("far side");
        assertThat(Rehearsal.names(crash))
                .containsExactly("manifest.json", "report.json", "report.txt", "vmcore-dmesg.txt", "vmcore.flat");
        for (String name : Rehearsal.names(crash)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(crash.resolve(name))))
                    .isEqualTo("rw-------");
        }
        assertThat(Verifier.verify(List.of(crash.resolve("vmcore.flat")), (_, _) -> {})
                        .verdict())
                .isEqualTo(Verdict.WHOLE);
    }

    @Test
    void twoCrashesInOneSecondHaveAFolderEach() throws IOException {
        assertThat(rehearsal.to(healthy()).run()).isEqualTo(Ending.ALL);
        assertThat(new Rehearsal(rehearsal.folder()).to(healthy()).run()).isEqualTo(Ending.ALL);
        assertThat(rehearsal.crashes("far side")).hasSize(2);
    }

    @Test
    void connectionThatBreaksInTheDumpIsResumed() throws IOException {
        Path broken = rehearsal.folder().resolve("broken");
        SshTarget breaking = target(
                CONNECT,
                "case \"$*\" in *\"exec cat >>\"*)",
                "    echo x >>" + broken,
                "    [ $(wc -l <" + broken + ") -gt 3 ] || { head -c 1000001 | /bin/sh -c \"$*\"; exit 255; } ;;",
                "esac",
                "exec /bin/sh -c \"$*\"");
        assertThat(rehearsal.to(breaking).run()).isEqualTo(Ending.ALL);
        assertThat(Files.readAllLines(broken)).hasSizeGreaterThan(3);
        try (Dump dump = Dumps.open(List.of(rehearsal.crash("far side").resolve("vmcore.flat")), Warnings.NONE)) {
            assertThat(dump.completeness().complete()).isTrue();
        }
    }

    @Test
    void serverThatCannotBeReachedIsFollowedByTheNextTarget() throws IOException {
        assertThat(rehearsal.to(target("exit 255")).to("b").run()).isEqualTo(Ending.ALL);
        assertThat(rehearsal.crash("b").resolve("vmcore")).exists();
    }

    @Test
    void connectionThatNeverComesBackIsFollowedByTheNextTarget() throws IOException {
        SshTarget breaking = target(
                CONNECT,
                "case \"$*\" in *\"exec cat >>\"*) head -c 100000 | /bin/sh -c \"$*\"; touch '" + far
                        + ".gone'; exit 255;; esac",
                "[ ! -e '" + far + ".gone' ] || exit 255",
                "exec /bin/sh -c \"$*\"");
        assertThat(rehearsal.to(breaking).to("b").run()).isEqualTo(Ending.ALL);
        assertThat(rehearsal.crash("b").resolve("vmcore")).exists();
        assertThat(Rehearsal.names(rehearsal.crash("far side")))
                .contains("vmcore-dmesg.txt")
                .doesNotContain("vmcore.flat");
    }

    @Test
    void whatArrivesOtherwiseKeepsItsUnfinishedName() throws IOException {
        SshTarget flipping = target(
                CONNECT,
                "case \"$*\" in *\"exec cat >>\"*) tr X Y | /bin/sh -c \"$*\"; exit;; esac",
                "exec /bin/sh -c \"$*\"");
        assertThat(rehearsal.to(flipping).run()).isEqualTo(Ending.SOME);
        assertThat(Rehearsal.names(rehearsal.crash("far side")))
                .contains("vmcore-incomplete")
                .doesNotContain("vmcore.flat");
    }

    @Test
    void farSideWithoutSha256sumSendsBack() throws IOException {
        SshTarget poor = target(CONNECT, "exec /bin/sh -c \"sha256sum() { return 127; }; $*\"");
        assertThat(rehearsal.to(poor).run()).isEqualTo(Ending.ALL);
    }

    @Test
    void scpCopiesAllMemory() throws IOException {
        rehearsal.configured("core_collector scp");
        assertThat(rehearsal.to(healthy()).run()).isEqualTo(Ending.ALL);
        assertThat(Files.mismatch(rehearsal.crash("far side").resolve("vmcore"), Samples.unpack("6.12-d1")))
                .isEqualTo(-1);
    }

    @Test
    void hostKeysThatArePinnedAreTheOnlyOnesThatCount() throws IOException {
        Path words = rehearsal.folder().resolve("words");
        Path client = rehearsal.script("ssh", "echo \"$@\" >>" + words, "exit 255");
        Configuration configuration = Read.valid("ssh kdump@127.0.0.1\nhost_key 127.0.0.1 ssh-ed25519 " + KEY);
        SshTarget pinned = new SshTarget(
                (Target.Ssh) configuration
                        .saving()
                        .destinations()
                        .getFirst()
                        .target()
                        .value(),
                AbsolutePath.ROOT,
                configuration.network(),
                client.toString(),
                rehearsal.folder(),
                Duration.ofMillis(1),
                Heartbeat.unwatched());
        assertThat(rehearsal.to(pinned).run()).isEqualTo(Ending.NOTHING);
        assertThat(words)
                .content()
                .contains("StrictHostKeyChecking=yes", "GlobalKnownHostsFile=/dev/null", "BatchMode=yes");
        assertThat(rehearsal.folder().resolve("known_hosts")).hasContent("127.0.0.1 ssh-ed25519 " + KEY);
    }
}
