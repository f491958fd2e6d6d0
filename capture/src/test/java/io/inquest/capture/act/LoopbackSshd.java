package io.inquest.capture.act;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A real sshd on the loopback device, for the account that the test runs in, with keys of its own.
final class LoopbackSshd implements AutoCloseable {

    static final Path PROGRAM = Path.of("/usr/sbin/sshd");
    static final Path CLIENT = Path.of("/usr/bin/ssh");

    private final Path folder;
    private final int port;
    private final Process process;

    private LoopbackSshd(Path folder, int port, Process process) {
        this.folder = folder;
        this.port = port;
        this.process = process;
    }

    static LoopbackSshd start(Path folder) throws IOException, InterruptedException {
        makeKey(folder.resolve("host_key"));
        makeKey(folder.resolve("client_key"));
        Files.copy(folder.resolve("client_key.pub"), folder.resolve("authorized_keys"));
        int port = freePort();
        Path settings = Files.writeString(folder.resolve("sshd_config"), """
                Port %d
                ListenAddress 127.0.0.1
                HostKey %s
                AuthorizedKeysFile %s
                StrictModes no
                UsePAM no
                PasswordAuthentication no
                PidFile none
                """.formatted(
                        port, folder.resolve("host_key"), folder.resolve("authorized_keys")));
        if (ProcessHandle.current().info().user().filter("root"::equals).isPresent()) {
            Files.createDirectories(Path.of("/run/sshd"));
        }
        Process process = new ProcessBuilder(PROGRAM.toString(), "-D", "-e", "-f", settings.toString())
                .redirectErrorStream(true)
                .redirectOutput(Redirect.to(folder.resolve("sshd.log").toFile()))
                .start();
        LoopbackSshd sshd = new LoopbackSshd(folder, port, process);
        sshd.awaitListening();
        return sshd;
    }

    private static void makeKey(Path file) throws IOException, InterruptedException {
        Process made = new ProcessBuilder("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", file.toString())
                .inheritIO()
                .start();
        if (made.waitFor() != 0) {
            throw new IOException("ssh-keygen made no " + file);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitListening() throws IOException, InterruptedException {
        while (process.isAlive()) {
            try (Socket connected = new Socket(InetAddress.getLoopbackAddress(), port)) {
                if (connected.isConnected()) {
                    return;
                }
            } catch (IOException notYet) {
                Thread.sleep(20);
            }
        }
        throw new IOException("sshd ended: " + Files.readString(folder.resolve("sshd.log")));
    }

    /// Lines of kdump.conf that lead to it, but for the port.
    List<String> configuration() throws IOException {
        String key = Files.readString(folder.resolve("host_key.pub"));
        String typeAndKey = key.substring(0, key.lastIndexOf(' '));
        return List.of(
                "ssh " + System.getProperty("user.name") + "@127.0.0.1",
                "sshkey " + folder.resolve("client_key"),
                "host_key 127.0.0.1 " + typeAndKey);
    }

    int port() {
        return port;
    }

    /// Ends all connections at this side, in whatever they are.
    void cut() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
    }

    @Override
    public void close() {
        cut();
        process.destroyForcibly();
    }
}
