package io.inquest.cli.kdump;

import io.inquest.capture.place.Mounts;
import io.inquest.kdump.host.BlockDevices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What the running host says of itself.
final class HostFiles {

    private static final Path MOUNTINFO = Path.of("/proc/self/mountinfo");

    /// Of programs that run before and after the saving.
    static final Path HOOKS = Path.of("/etc/kdump");

    private static final Path KERNEL_RELEASE = Path.of("/proc/sys/kernel/osrelease");

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
}
