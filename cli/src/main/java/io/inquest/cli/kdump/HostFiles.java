package io.inquest.cli.kdump;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The files of the running host that say how it is configured.
final class HostFiles {

    static final Path MOUNTINFO = Path.of("/proc/self/mountinfo");

    private static final List<Path> CONFIGURATION = List.of(Path.of("/etc/kdump.conf"));

    private HostFiles() {}

    /// The configuration files that there are.
    static List<Path> present() throws IOException {
        List<Path> present = new ArrayList<>();
        for (Path file : CONFIGURATION) {
            if (Files.exists(file)) {
                present.add(file);
            }
        }
        if (present.isEmpty()) {
            throw new IOException(CONFIGURATION.getFirst() + ": there is no such file; --file reads another");
        }
        return present;
    }
}
