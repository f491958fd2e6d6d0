package io.inquest.kdump.host;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Block devices, as `/sys` and `/dev` tell of them.
public final class BlockDevices {

    private static final Map<String, String> BY_NAME = Map.of(
            "UUID=", "disk/by-uuid",
            "LABEL=", "disk/by-label",
            "PARTUUID=", "disk/by-partuuid",
            "PARTLABEL=", "disk/by-partlabel");

    private final Path sys;
    private final Path dev;

    /// A machine's devices.
    ///
    /// @param sys where sysfs is mounted
    /// @param dev the folder of device files
    public BlockDevices(Path sys, Path dev) {
        this.sys = sys;
        this.dev = dev;
    }

    /// The kernel's name (`vda1`) of what a configuration calls `UUID=…`, `LABEL=…` or `/dev/…`; nothing if it is not
    /// there.
    public Optional<String> find(String source) {
        int equals = source.indexOf('=') + 1;
        String links = BY_NAME.get(source.substring(0, equals));
        if (links != null) {
            return real(dev.resolve(links).resolve(source.substring(equals)));
        }
        return source.startsWith("/dev/") ? real(dev.resolve(source.substring("/dev/".length()))) : Optional.empty();
    }

    private static Optional<String> real(Path node) {
        try {
            return Optional.of(node.toRealPath().getFileName().toString());
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    /// The UUID of the file system on a device, which keeps when the kernel finds disks in another order.
    public Optional<String> uuid(String name) throws IOException {
        Path links = dev.resolve("disk/by-uuid");
        if (!Files.isDirectory(links)) {
            return Optional.empty();
        }
        try (DirectoryStream<Path> all = Files.newDirectoryStream(links)) {
            for (Path link : all) {
                if (real(link).equals(Optional.of(name))) {
                    return Optional.of(link.getFileName().toString());
                }
            }
        }
        return Optional.empty();
    }

    /// Whether it is put together of others (LVM, md, multipath, encryption), which programs have to do.
    public boolean isAssembled(String name) throws IOException {
        return !entries(sys.resolve("class/block").resolve(name).resolve("slaves"))
                .isEmpty();
    }

    /// The modules that serve a device and all on which it depends: the ones of the buses first. Of each the one that
    /// serves it now;
    /// if that is not told, those that say they could.
    public Set<String> drivers(String name, KernelModules modules) throws IOException {
        Set<String> drivers = new LinkedHashSet<>();
        take(sys.resolve("class/block").resolve(name), modules, drivers);
        return drivers;
    }

    /// Whether there is such a device (`class/watchdog/watchdog0`).
    public boolean has(Path device) {
        return Files.exists(sys.resolve(device));
    }

    /// As [#drivers], of a folder that is a device (`class/watchdog/watchdog0`).
    public Set<String> driversOf(Path device, KernelModules modules) throws IOException {
        Set<String> drivers = new LinkedHashSet<>();
        take(sys.resolve(device), modules, drivers);
        return drivers;
    }

    private void take(Path link, KernelModules modules, Set<String> drivers) throws IOException {
        if (!Files.exists(link)) {
            return;
        }
        Path device = link.toRealPath();
        for (Path below : entries(device.resolve("slaves"))) {
            take(below, modules, drivers);
        }
        Path devices = sys.resolve("devices").toRealPath();
        List<Path> chain = new ArrayList<>();
        for (Path at = device; at != null && at.startsWith(devices) && !at.equals(devices); at = at.getParent()) {
            chain.addFirst(at);
        }
        for (Path at : chain) {
            Path module = at.resolve("driver").resolve("module");
            Path modalias = at.resolve("modalias");
            if (Files.exists(module)) {
                drivers.add(module.toRealPath().getFileName().toString());
            } else if (Files.exists(modalias)) {
                Inputs.lines(modalias).forEach(alias -> drivers.addAll(modules.serving(alias)));
            }
        }
    }

    private static List<Path> entries(Path folder) throws IOException {
        List<Path> entries = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
                all.forEach(entries::add);
            }
        }
        entries.sort(null);
        return entries;
    }
}
