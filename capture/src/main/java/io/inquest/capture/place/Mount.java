package io.inquest.capture.place;

import io.inquest.capture.config.AbsolutePath;

/// One line of `/proc/self/mountinfo` (Documentation/filesystems/proc.rst, 3.5).
///
/// @param id of this mount
/// @param parent id of the mount that it lies on
/// @param root the folder of the file system that is seen at the mount point: not `/` for bind mounts
/// @param type of the file system
/// @param source the device, or `host:/export`
/// @param options of the file system itself
public record Mount(
        int id, int parent, AbsolutePath root, AbsolutePath mountPoint, String type, String source, String options) {

    /// Where a path of the running system lies in the file system.
    AbsolutePath onFileSystem(AbsolutePath path) {
        return root.resolve(path.from(mountPoint));
    }

    /// The value of an option, empty without one.
    String option(String name) {
        for (String option : options.split(",", -1)) {
            if (option.startsWith(name + "=")) {
                return option.substring(name.length() + 1);
            }
        }
        return "";
    }
}
