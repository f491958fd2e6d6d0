package io.inquest.capture.place;

import io.inquest.capture.config.AbsolutePath;
import io.inquest.capture.config.Device;
import io.inquest.capture.config.Login;
import io.inquest.capture.config.Target;

/// Where dumps land: a folder, named so that the capture kernel finds it without the running system's mounts.
public sealed interface Place {

    /// In a folder of a file system.
    ///
    /// @param type of the file system
    /// @param source what mount(8) takes for it
    /// @param subvolume of btrfs that must be mounted; empty for the one that is mounted by default
    /// @param path from the file system's (or subvolume's) root
    record OnFileSystem(String type, String source, String subvolume, AbsolutePath path) implements Place {

        @Override
        public String toString() {
            return source + ":" + path + (subvolume.isEmpty() ? "" : " (subvolume " + subvolume + ")");
        }
    }

    /// In a folder of an NFS server.
    ///
    /// @param export `host:/export`
    /// @param path from the export's root
    record OnExport(String export, AbsolutePath path) implements Place {

        @Override
        public String toString() {
            String folder = path.isRoot() ? "" : path.text();
            return (export.endsWith("/") ? export.substring(0, export.length() - 1) : export) + folder;
        }
    }

    /// On a whole partition.
    record OnDevice(Device device) implements Place {

        @Override
        public String toString() {
            return device.toString();
        }
    }

    /// In a folder that an account on a server can write to.
    record OnAccount(Login login, AbsolutePath path) implements Place {

        @Override
        public String toString() {
            return login.user() + "@" + login.server().bracketed() + ":" + path;
        }
    }

    /// On a server of another kind.
    record OnServer(Target target, AbsolutePath path) implements Place {

        @Override
        public String toString() {
            return target + ":" + path;
        }
    }

    /// No place that outlives the crash, or none that can be told from here.
    ///
    /// @param reason a sentence without its full stop
    record Nowhere(String reason) implements Place {

        @Override
        public String toString() {
            return "nowhere: " + reason;
        }
    }
}
