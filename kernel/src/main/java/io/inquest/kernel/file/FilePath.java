package io.inquest.kernel.file;

import io.inquest.dump.MemoryFault;
import io.inquest.kernel.object.KernelList;
import io.inquest.kernel.object.KernelObject;
import io.inquest.kernel.type.StructType;
import io.inquest.kernel.type.Types;
import java.util.ArrayDeque;
import java.util.Deque;

/// Paths as the kernel builds them from dentries and mounts (`fs/d_path.c`, `prepend_path`).
///
/// A dentry knows its name and its parent. Where a file system's root is met, the path goes on at the place it
/// is mounted on: `struct mount` (since 3.3; `struct vfsmount` itself before) knows the mount and dentry
/// above. File systems that are not mounted anywhere, such as those of pipes and sockets, have roots with
/// names of their own.
public final class FilePath {

    /// Longer chains do not fit a path of `PATH_MAX` bytes.
    private static final int LONGEST = 2048;

    private final Types types;

    public FilePath(Types types) {
        this.types = types;
    }

    /// The path of a `struct path`: `/dev/console`; the bare name of a dentry that is in no directory, such as
    /// `[eventfd]`.
    ///
    /// Where memory is missing, the path begins with `(unknown)` in place of what could not be found.
    public String of(KernelObject path) {
        return of(path.member("dentry").dereference(), path.member("mnt").dereference());
    }

    /// The path of a dentry under a `struct vfsmount`; a mount of 0 ends it at the root of its file system.
    public String of(KernelObject dentry, KernelObject mount) {
        Deque<String> names = new ArrayDeque<>();
        try {
            if (isDetached(dentry)) {
                return name(dentry);
            }
            climb(dentry, mount, names);
        } catch (MemoryFault fault) {
            names.addFirst("(unknown)");
        }
        return joined(names);
    }

    /// The first `struct vfsmount` of a dentry's file system; at address 0 when it is mounted nowhere.
    ///
    /// The super block has a list of its mounts, since 6.18 linked by `mnt_next_for_sb`.
    public KernelObject mountOf(KernelObject dentry) {
        StructType mount = types.struct("mount");
        KernelObject mounts = dentry.member("d_sb").dereference().member("s_mounts");
        long first = mounts.has("next")
                ? KernelList.entries(mounts, mount, "mnt_instance")
                        .first(any -> true)
                        .map(KernelObject::address)
                        .orElse(0L)
                : mounts.unsigned();
        long offset = first == 0 ? 0 : mount.offsetOf("mnt");
        return KernelObject.at(dentry.space(), types.struct("vfsmount"), first + offset);
    }

    private static String joined(Deque<String> names) {
        StringBuilder text = new StringBuilder();
        for (String name : names) {
            text.append(text.isEmpty() && name.startsWith("(") ? "" : "/").append(name);
        }
        return text.isEmpty() ? "/" : text.toString();
    }

    /// Whether a dentry is a root with a name of its own.
    private static boolean isDetached(KernelObject dentry) {
        return isRoot(dentry) && !name(dentry).equals("/");
    }

    private static boolean isRoot(KernelObject dentry) {
        return dentry.member("d_parent").unsigned() == dentry.address();
    }

    private void climb(KernelObject from, KernelObject vfsmount, Deque<String> names) {
        KernelObject dentry = from.loadedIfReadable();
        KernelObject mount = vfsmount;
        for (int step = 0; step < LONGEST && dentry.address() != 0; step++) {
            boolean mountRoot = mount.address() != 0 && mount.member("mnt_root").unsigned() == dentry.address();
            if (mountRoot || isRoot(dentry)) {
                KernelObject outer = outer(mount);
                long above =
                        mount.address() == 0 ? 0 : outer.member("mnt_parent").unsigned();
                if (above == 0 || above == outer.address()) {
                    return;
                }
                dentry = outer.member("mnt_mountpoint").dereference();
                mount = inner(outer.member("mnt_parent").dereference());
            } else {
                names.addFirst(name(dentry));
                dentry = dentry.member("d_parent").dereference();
            }
        }
    }

    /// What has the members that place a mount: `struct mount` around `struct vfsmount`, or that itself.
    private KernelObject outer(KernelObject vfsmount) {
        if (vfsmount.address() == 0 || vfsmount.has("mnt_parent")) {
            return vfsmount;
        }
        StructType mount = types.struct("mount");
        return vfsmount.containerOf(mount, "mnt");
    }

    private static KernelObject inner(KernelObject mount) {
        return mount.find("mnt").orElse(mount);
    }

    /// The name that a dentry has in its directory; text from the dump.
    public static String name(KernelObject dentry) {
        KernelObject name = dentry.firstOf("d_name.name", "__d_name.name");
        return name.isZero() ? "" : name.string();
    }
}
