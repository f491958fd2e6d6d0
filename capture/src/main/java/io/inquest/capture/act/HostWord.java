package io.inquest.capture.act;

import io.inquest.capture.config.HostTag;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;

/// The word in a folder's name that tells which machine died.
final class HostWord {

    private static final String LOCAL = "127.0.0.1";
    private static final Path NAME = Path.of("/proc/sys/kernel/hostname");

    private HostWord() {}

    /// What users of kdump expect: on a local target, whose machine everybody knows, `127.0.0.1`.
    static String of(HostTag tag, boolean local) {
        return switch (tag) {
            case NAME -> name();
            case ADDRESS -> local ? LOCAL : address();
        };
    }

    private static String name() {
        try {
            return Files.readString(NAME).strip();
        } catch (IOException unknown) {
            return LOCAL;
        }
    }

    /// The first one that others can reach.
    private static String address() {
        try {
            for (NetworkInterface card : Collections.list(NetworkInterface.getNetworkInterfaces())) {
                for (InetAddress address : Collections.list(card.getInetAddresses())) {
                    if (card.isUp() && !address.isLoopbackAddress() && !address.isLinkLocalAddress()) {
                        return address.getHostAddress();
                    }
                }
            }
        } catch (SocketException unknown) {
            return LOCAL;
        }
        return LOCAL;
    }
}
