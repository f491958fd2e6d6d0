package io.inquest.capture.storage.ssh;

import io.inquest.capture.config.HostKey;
import io.inquest.capture.config.HostKeys;
import io.inquest.capture.config.Network;
import io.inquest.capture.config.Target;
import io.inquest.dump.io.OwnerFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The command lines with which ssh(1) is started: it asks nobody, and connects to no server whose key is not known.
///
/// @param words all but the command at the far side
record SshCommand(List<String> words) {

    private static final String NONE = "/dev/null";

    SshCommand {
        words = List.copyOf(words);
    }

    /// @param client the program
    /// @param folder for a file of known hosts, where keys are pinned
    static SshCommand of(String client, Target.Ssh target, Network network, Path folder) throws IOException {
        List<String> words = new ArrayList<>();
        words.add(client);
        network.sshKeys().value().forEach(key -> words.addAll(List.of("-i", key.text())));
        option(words, "BatchMode=yes");
        option(words, "ConnectTimeout=30");
        // A connection that is dead is told within a minute.
        option(words, "ServerAliveInterval=15");
        option(words, "ServerAliveCountMax=4");
        switch (network.hostKeys().value()) {
            case HostKeys.KnownHosts _ -> option(words, "StrictHostKeyChecking=yes");
            case HostKeys.Any _ -> {
                option(words, "StrictHostKeyChecking=no");
                option(words, "UserKnownHostsFile=" + NONE);
                option(words, "GlobalKnownHostsFile=" + NONE);
            }
            case HostKeys.Pinned pinned -> {
                option(words, "StrictHostKeyChecking=yes");
                option(words, "UserKnownHostsFile=" + knownHosts(pinned, target, folder));
                option(words, "GlobalKnownHostsFile=" + NONE);
            }
        }
        target.port().ifPresent(port -> words.addAll(List.of("-p", Integer.toString(port))));
        words.add("--");
        words.add(target.login().toString());
        return new SshCommand(words);
    }

    private static void option(List<String> words, String option) {
        words.add("-o");
        words.add(option);
    }

    /// A server at another port than 22 is known under a name with the port.
    private static Path knownHosts(HostKeys.Pinned pinned, Target.Ssh target, Path folder) throws IOException {
        String server = target.login().server().host();
        String name = target.port().isPresent() && target.port().getAsInt() != 22
                ? "[" + server + "]:" + target.port().getAsInt()
                : server;
        StringBuilder lines = new StringBuilder();
        for (HostKey key : pinned.keys()) {
            if (key.host().equals(HostKey.EACH)
                    || key.host().equals(server)
                    || key.host().equals(name)) {
                lines.append(name)
                        .append(' ')
                        .append(key.type())
                        .append(' ')
                        .append(key.base64())
                        .append('\n');
            }
        }
        Path file = folder.resolve("known_hosts");
        Files.deleteIfExists(file);
        try (FileChannel made = OwnerFile.create(file)) {
            ByteBuffer text = ByteBuffer.wrap(lines.toString().getBytes(StandardCharsets.UTF_8));
            while (text.hasRemaining()) {
                made.write(text);
            }
        }
        return file;
    }

    /// The command line that runs a shell's script at the far side.
    List<String> running(String script) {
        List<String> all = new ArrayList<>(words);
        all.add(script);
        return all;
    }

    /// A word as a shell takes it for one.
    static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }
}
