package io.inquest.cli.kdump;

import io.inquest.capture.place.Mounts;
import io.inquest.kdump.host.BlockDevices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The files of the running host that say how it is configured.
final class HostFiles {

    private static final Path MOUNTINFO = Path.of("/proc/self/mountinfo");

    /// Of programs that run before and after the saving.
    static final Path HOOKS = Path.of("/etc/kdump");

    private static final Path KERNEL_RELEASE = Path.of("/proc/sys/kernel/osrelease");

    private static final List<Path> CONFIGURATION =
            List.of(Path.of("/etc/kdump.conf"), Path.of("/etc/sysconfig/kdump"), Path.of("/etc/default/kdump-tools"));

    private HostFiles() {}

    /// What is mounted; nothing where there is no Linux.
    static Mounts mounts() throws IOException {
        return Files.exists(MOUNTINFO) ? Mounts.parse(Files.readString(MOUNTINFO)) : new Mounts(List.of());
    }

    static BlockDevices blockDevices() {
        return new BlockDevices(Path.of("/sys"), Path.of("/dev"));
    }

    /// As `uname -r` prints it.
    static String kernelRelease() throws IOException {
        return Files.readString(KERNEL_RELEASE).trim();
    }

    /// The configuration files that there are.
    static List<Path> present() throws IOException {
        List<Path> present = new ArrayList<>();
        for (Path file : CONFIGURATION) {
            if (Files.exists(file)) {
                present.add(file);
            }
        }
        if (present.isEmpty()) {
            throw new IOException("there is no " + CONFIGURATION.get(0) + ", " + CONFIGURATION.get(1) + " or "
                    + CONFIGURATION.get(2) + "; --file reads another");
        }
        return present;
    }
}
