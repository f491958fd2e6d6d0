package io.inquest.capture.storage.ssh;

import io.inquest.capture.config.AbsolutePath;
import io.inquest.capture.config.Network;
import io.inquest.capture.config.Server;
import io.inquest.capture.config.Target;
import io.inquest.capture.journal.Heartbeat;
import io.inquest.capture.storage.CrashPlace;
import io.inquest.capture.storage.FolderName;
import io.inquest.capture.storage.TargetCandidate;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// An account on a server.
///
/// @param path the folder there
/// @param client ssh(1)
/// @param scratch a folder for what ssh has to be told in a file
/// @param pause before a connection is tried again
public record SshTarget(
        Target.Ssh target,
        AbsolutePath path,
        Network network,
        String client,
        Path scratch,
        Duration pause,
        Heartbeat heartbeat)
        implements TargetCandidate {

    /// As Debian has it, with 3 seconds between them.
    private static final int USUAL_TRIES = 16;

    @Override
    public String name() {
        return target.toString();
    }

    @Override
    public Optional<Server> server() {
        return Optional.of(target.login().server());
    }

    @Override
    public CrashPlace open(FolderName name) throws IOException {
        if (target.password().isPresent()) {
            throw new IOException(
                    "ssh takes no password from a program; make a key with ssh-keygen, and name it by sshkey");
        }
        if (target.transfer() != Target.SshTransfer.STREAM) {
            throw new IOException("files are not sent by " + target.transfer().word() + "; write ssh instead of it");
        }
        SshShell shell = new SshShell(SshCommand.of(client, target, network, scratch), heartbeat);
        int tries = network.sshTries().value().orElse(USUAL_TRIES);
        IOException last = new IOException("ssh is tried 0 times");
        for (int i = 0; i < tries; i++) {
            try {
                return RemotePlace.create(shell, target.login().toString(), path.text(), name, tries, this::rest);
            } catch (IOException away) {
                last = away;
                rest();
            }
        }
        throw last;
    }

    private void rest() throws IOException {
        heartbeat.beat();
        try {
            Thread.sleep(pause);
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", asked);
        }
    }

    @Override
    public void close() {}
}
