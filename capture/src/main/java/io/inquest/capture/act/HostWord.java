package io.inquest.capture.act;

import io.inquest.capture.config.HostTag;
import io.inquest.capture.config.Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The word in a folder's name that tells which machine died.
final class HostWord {

    private static final String LOCAL = "127.0.0.1";
    private static final int ANY_PORT = 9;
    private static final Path NAME = Path.of("/proc/sys/kernel/hostname");

    private HostWord() {}

    /// What users of kdump expect: on a local target, whose machine everybody knows, `127.0.0.1`.
    ///
    /// @param server where the dump goes to, if it leaves the machine
    static String of(HostTag tag, Optional<Server> server) {
        return switch (tag) {
            case NAME -> name();
            case ADDRESS -> server.isPresent() ? address(server.get()) : LOCAL;
        };
    }

    private static String name() {
        try {
            return Files.readString(NAME).strip();
        } catch (IOException unknown) {
            return LOCAL;
        }
    }

    /// The address that the server sees: that of the way to it. Nothing is sent.
    private static String address(Server server) {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(server.host(), ANY_PORT));
            String address = socket.getLocalAddress().getHostAddress();
            int scope = address.indexOf('%');
            return scope < 0 ? address : address.substring(0, scope);
        } catch (IOException | UncheckedIOException | IllegalArgumentException unreachable) {
            return LOCAL;
        }
    }
}
