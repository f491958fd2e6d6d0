package io.inquest.capture.act;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.inquest.capture.collect.DumpMaker;
import io.inquest.capture.config.AbsolutePath;
import io.inquest.capture.config.Configuration;
import io.inquest.capture.config.Target;
import io.inquest.capture.config.read.Read;
import io.inquest.capture.journal.Heartbeat;
import io.inquest.capture.storage.DumpOutput;
import io.inquest.capture.storage.ssh.SshTarget;
import io.inquest.dump.verify.Verdict;
import io.inquest.dump.verify.Verifier;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The act with a real ssh and a real sshd; skipped where the machine has none.
final class SshdTest {

    private Rehearsal rehearsal;
    private LoopbackSshd sshd;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        assumeTrue(
                Files.isExecutable(LoopbackSshd.PROGRAM) && Files.isExecutable(LoopbackSshd.CLIENT),
                "there is no sshd or no ssh (Debian: openssh-server, openssh-client)");
        rehearsal = new Rehearsal(folder);
        sshd = LoopbackSshd.start(rehearsal.folder());
    }

    @AfterEach
    void stop() {
        if (sshd != null) {
            sshd.close();
        }
    }

    private SshTarget target(List<String> lines) {
        Configuration configuration = Read.valid(String.join("\n", lines));
        Target.Ssh named = (Target.Ssh)
                configuration.saving().destinations().getFirst().target().value();
        return new SshTarget(
                new Target.Ssh(named.login(), named.transfer(), OptionalInt.of(sshd.port()), named.password()),
                AbsolutePath.of(rehearsal.folder().resolve("far side").toString())
                        .orElseThrow(),
                configuration.network(),
                LoopbackSshd.CLIENT.toString(),
                rehearsal.folder(),
                Duration.ofMillis(50),
                Heartbeat.unwatched());
    }

    @Test
    void crashIsSavedAtTheFarSide() throws IOException {
        assertThat(rehearsal.to(target(sshd.configuration())).run()).isEqualTo(Ending.ALL);
        assertThat(verdict()).isEqualTo(Verdict.WHOLE);
    }

    @Test
    void connectionThatIsCutInTheDumpIsResumed() throws IOException {
        DumpMaker usual = rehearsal.dumps();
        rehearsal.makingDumpsBy((way, output) ->
                usual.make(way, new DumpOutput.ToStream(new Cutting(((DumpOutput.ToStream) output).stream()))));
        assertThat(rehearsal.to(target(sshd.configuration())).run()).isEqualTo(Ending.ALL);
        assertThat(verdict()).isEqualTo(Verdict.WHOLE);
    }

    /// Cuts the connections twice, after some MiB each.
    private final class Cutting extends FilterOutputStream {

        private static final long STEP = 7 << 20;

        private long written;
        private int cuts;

        Cutting(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            out.write(bytes, from, count);
            written += count;
            if (cuts < 2 && written > STEP * (cuts + 1)) {
                cuts++;
                sshd.cut();
            }
        }
    }

    @Test
    void serverWithAnotherKeyThanThePinnedOneGetsNothing() throws IOException {
        List<String> lines = sshd.configuration();
        String other =
                "host_key 127.0.0.1 ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f";
        assertThat(rehearsal
                        .to(target(List.of(lines.get(0), lines.get(1), other)))
                        .run())
                .isEqualTo(Ending.NOTHING);
        assertThat(rehearsal.crashes("far side")).isEmpty();
    }

    private Verdict verdict() throws IOException {
        Path dump = rehearsal.crash("far side").resolve("vmcore.flat");
        return Verifier.verify(List.of(dump), (_, _) -> {}).verdict();
    }
}
