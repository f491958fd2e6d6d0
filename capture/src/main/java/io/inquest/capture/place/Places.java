package io.inquest.capture.place;

import io.inquest.capture.config.AbsolutePath;
import io.inquest.capture.config.Destination;
import io.inquest.capture.config.Target;
import java.util.Optional;

/// Finds the place of a destination, as the HOWTO of kdump describes the directive `path`:
///
/// | target                     | path          | what is mounted              | place                         |
/// |----------------------------|---------------|------------------------------|-------------------------------|
/// | `ext4 /dev/sda`            | `/var/crash`  |                              | `sda:/var/crash`              |
/// | `nfs foo.com:/export/tmp`  | `/var/crash`  |                              | `foo.com:/export/tmp/var/crash` |
/// | none                       | `/var/crash`  | the root file system         | `root:/var/crash`             |
/// | none                       | `/var/crash`  | `sdb` on `/var`              | `sdb:/crash`                  |
/// | none                       | `/var/crash`  | `foo.com:/export/tmp` on `/var` | `foo.com:/export/tmp/crash` |
///
/// A target's path lies below the target, wherever that may be mounted; a path without a target is one of the running
/// system, and loses the mount point of the file system that it is on. Bind mounts are followed to what they show.
public final class Places {

    private Places() {}

    public static Place of(Destination destination, Mounts mounts) {
        AbsolutePath path = destination.path().value();
        return switch (destination.target().value()) {
            case Target.RunningSystem _ -> onRunningSystem(path, mounts);
            case Target.FileSystem(var type, var device) -> new Place.OnFileSystem(type, device.toString(), "", path);
            case Target.Mounted mounted when isNfs(mounted.type()) -> new Place.OnExport(mounted.source(), path);
            case Target.Mounted mounted -> new Place.OnFileSystem(mounted.type(), mounted.source(), "", path);
            case Target.Nfs(var server, var export) -> new Place.OnExport(server.bracketed() + ":" + export, path);
            case Target.RawDevice(var device) -> new Place.OnDevice(device);
            case Target.Ssh ssh -> new Place.OnAccount(ssh.login(), path);
            case Target.Ftp ftp -> new Place.OnServer(ftp, path);
            case Target.Cifs cifs -> new Place.OnServer(cifs, path);
        };
    }

    private static Place onRunningSystem(AbsolutePath path, Mounts mounts) {
        Optional<Mount> found = mounts.under(path);
        if (found.isEmpty()) {
            return new Place.Nowhere("nothing is known to be mounted at " + path);
        }
        Mount mount = found.get();
        if (isNfs(mount.type())) {
            return new Place.OnExport(mount.source(), mount.onFileSystem(path));
        }
        return switch (mount.type()) {
            case "tmpfs", "ramfs", "devtmpfs", "rootfs", "proc", "sysfs" ->
                new Place.Nowhere(path + " lies in memory (" + mount.type() + "), which does not outlive the crash");
            case "overlay", "aufs", "squashfs", "iso9660" ->
                new Place.Nowhere(path + " lies on " + mount.type()
                        + ", which the capture kernel cannot write to; name a" + " target");
            case "autofs" ->
                new Place.Nowhere(path + " is mounted when somebody uses it, and nobody does now; name a target");
            case "btrfs" -> onBtrfs(path, mount);
            default -> new Place.OnFileSystem(mount.type(), mount.source(), "", mount.onFileSystem(path));
        };
    }

    /// Of btrfs a mount shows a subvolume, or by a bind mount a folder of one; the path counts from the subvolume.
    private static Place onBtrfs(AbsolutePath path, Mount mount) {
        AbsolutePath whole = mount.onFileSystem(path);
        Optional<AbsolutePath> subvolume = AbsolutePath.of(mount.option("subvol"));
        if (subvolume.isEmpty()
                || !whole.isWithin(subvolume.get())
                || subvolume.get().isRoot()) {
            return new Place.OnFileSystem("btrfs", mount.source(), "", whole);
        }
        return new Place.OnFileSystem("btrfs", mount.source(), subvolume.get().text(), whole.from(subvolume.get()));
    }

    private static boolean isNfs(String type) {
        return type.equals("nfs") || type.equals("nfs4");
    }
}
