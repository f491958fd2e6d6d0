package io.inquest.capture.config.read;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The files in which a running system says how it is configured.
public final class ConfigurationFiles {

    private static final List<Path> ALL =
            List.of(Path.of("/etc/kdump.conf"), Path.of("/etc/sysconfig/kdump"), Path.of("/etc/default/kdump-tools"));

    private ConfigurationFiles() {}

    /// Those that there are, at least one.
    public static List<Path> present() throws IOException {
        List<Path> present = new ArrayList<>();
        for (Path file : ALL) {
            if (Files.exists(file)) {
                present.add(file);
            }
        }
        if (present.isEmpty()) {
            throw new IOException(
                    "there is no " + ALL.get(0) + ", " + ALL.get(1) + " or " + ALL.get(2) + "; --file reads another");
        }
        return present;
    }
}
