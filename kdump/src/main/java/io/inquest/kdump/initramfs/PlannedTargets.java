package io.inquest.kdump.initramfs;

import io.inquest.capture.config.AbsolutePath;
import io.inquest.capture.config.Destination;
import io.inquest.capture.place.Mounts;
import io.inquest.capture.place.Place;
import io.inquest.capture.place.Places;
import io.inquest.kdump.host.BlockDevices;
import io.inquest.kdump.host.KernelModules;
import io.inquest.kdump.plan.PlanTarget;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The targets of a configuration as process 1 is told of them, and the modules that they need.
final class PlannedTargets {

    /// What a file system needs beside the module of its name. What a kernel has under another name is left out.
    private static final Map<String, List<String>> OF_FILE_SYSTEM = Map.of(
            "ext2", List.of("ext4"),
            "ext3", List.of("ext4"),
            "vfat", List.of("nls_cp437", "nls_iso8859-1", "nls_ascii", "nls_utf8"),
            "btrfs", List.of("crc32c_generic"),
            "xfs", List.of("crc32c_generic"));

    private final KernelModules modules;
    private final Mounts mounts;
    private final BlockDevices devices;

    private int number;

    final List<PlanTarget> targets = new ArrayList<>();
    final Set<String> needed = new LinkedHashSet<>();
    final List<String> warnings = new ArrayList<>();

    PlannedTargets(ImageRequest request) {
        modules = request.modules();
        mounts = request.mounts();
        devices = request.devices();
    }

    void add(Destination destination) throws IOException {
        switch (Places.of(destination, mounts)) {
            case Place.OnFileSystem(var type, var source, var subvolume, var path) ->
                addFolder(type, source, subvolume, path);
            case Place.OnDevice(var device) -> {
                targets.add(new PlanTarget.RawDevice(number, steady(device.toString())));
                needDrivers(device.toString());
            }
            case Place.Nowhere(var reason) -> leftOut(destination, reason);
            case Place.OnExport _, Place.OnAccount _, Place.OnServer _ ->
                leftOut(destination, "the image has no network yet");
        }
        number++;
    }

    private void leftOut(Destination destination, String reason) {
        warnings.add("target " + destination + ": left out, as " + reason);
    }

    private void addFolder(String type, String source, String subvolume, AbsolutePath path) throws IOException {
        targets.add(new PlanTarget.Folder(
                number, type, steady(source), subvolume.isEmpty() ? "" : "subvol=" + subvolume, path.text()));
        needDrivers(source);
        List<String> names = new ArrayList<>(OF_FILE_SYSTEM.getOrDefault(type, List.of()));
        names.add(type);
        boolean isKnown = false;
        for (String name : names) {
            if (modules.has(name)) {
                needed.add(name);
                isKnown = true;
            }
        }
        if (!isKnown) {
            throw new IOException("target " + source + ": the capture kernel has no " + type
                    + ", neither built in nor as a module; choose another file system, or another kernel");
        }
    }

    /// By the file system's own name where it has one: another kernel may find disks in another order.
    private String steady(String source) throws IOException {
        Optional<String> name = source.startsWith("/dev/") ? devices.find(source) : Optional.empty();
        Optional<String> uuid = name.isPresent() ? devices.uuid(name.get()) : Optional.empty();
        return uuid.isPresent() ? "UUID=" + uuid.get() : source;
    }

    private void needDrivers(String source) throws IOException {
        Optional<String> name = devices.find(source);
        if (name.isEmpty()) {
            warnings.add("target " + source + ": not there now, so which drivers it needs is unknown; name them by"
                    + " extra_modules, or make the image when it is there");
            return;
        }
        if (devices.isAssembled(name.get())) {
            warnings.add(
                    "target " + source + ": " + name.get() + " is put together of other devices (LVM, md, multipath,"
                            + " encryption), which the capture kernel's process 1 cannot do yet");
        }
        needed.addAll(devices.drivers(name.get(), modules));
    }
}
