package io.inquest.kernel.file;

import io.inquest.dump.MemoryFault;
import io.inquest.kernel.object.Chain;
import io.inquest.kernel.object.KernelList;
import io.inquest.kernel.object.KernelObject;
import io.inquest.kernel.object.WalkEnd;
import io.inquest.kernel.type.StructType;
import io.inquest.kernel.type.Types;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Paths as the kernel builds them from dentries and mounts (`fs/d_path.c`, `prepend_path`).
///
/// A dentry knows its name and its parent. Where a file system's root is met, the path goes on at the place it
/// is mounted on: `struct mount` (since 3.3; `struct vfsmount` itself before) knows the mount and dentry
/// above. File systems that are not mounted anywhere, such as those of pipes and sockets, have roots with
/// names of their own.
///
/// Not safe for several threads: it remembers what was missing.
public final class FilePath {

    /// Longer chains do not fit a path of `PATH_MAX` bytes.
    private static final int LONGEST = 2048;

    /// What stands for the part of a path that is not in the dump. No file name begins a path so.
    private static final String UNKNOWN = "…";

    private final Types types;
    private @Nullable MemoryFault lost;

    public FilePath(Types types) {
        this.types = types;
    }

    /// The path of a `struct path`: `/dev/console`; the bare name of a dentry that is in no directory, such as
    /// `[eventfd]`.
    ///
    /// Where memory is missing, the path begins with `…` in place of what could not be found; [#end] tells why.
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
            names.addFirst(UNKNOWN);
            lost = lost == null ? fault : lost;
        }
        return joined(names);
    }

    /// Whether all paths so far were whole; else why the first one was not.
    public WalkEnd end() {
        return lost == null ? new WalkEnd.Complete() : new WalkEnd.Fault("paths are not whole: " + lost.getMessage());
    }

    /// A `struct vfsmount` of a dentry's file system: one of a mount namespace (`struct mnt_namespace`), else the first
    /// of all; at address 0 when there is none.
    public KernelObject mountOf(KernelObject dentry, long namespace) {
        List<KernelObject> mounts = mounts(dentry.member("d_sb").dereference().member("s_mounts"));
        long first = mounts.stream()
                .filter(mount -> mount.member("mnt_ns").unsigned() == namespace)
                .findFirst()
                .or(() -> mounts.stream().findFirst())
                .map(KernelObject::address)
                .orElse(0L);
        long offset = first == 0 ? 0 : types.struct("mount").offsetOf("mnt");
        return KernelObject.at(dentry.space(), types.struct("vfsmount"), first + offset);
    }

    /// A super block has a list of its mounts, since 6.18 linked by `mnt_next_for_sb`.
    private List<KernelObject> mounts(KernelObject head) {
        StructType mount = types.struct("mount");
        return head.has("next")
                ? KernelList.entries(head, mount, "mnt_instance").toList()
                : Chain.through(head, mount, "mnt_next_for_sb").toList();
    }

    private static String joined(Deque<String> names) {
        StringBuilder text = new StringBuilder();
        for (String name : names) {
            text.append(name.equals(UNKNOWN) ? "" : "/").append(name);
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
