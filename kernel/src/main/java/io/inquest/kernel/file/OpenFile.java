package io.inquest.kernel.file;

import io.inquest.kernel.object.KernelObject;

/// A file that a task has open.
///
/// @param descriptor the number by which the task knows it
/// @param struct its `struct file`
public record OpenFile(int descriptor, KernelObject struct) {

    public long address() {
        return struct.address();
    }

    /// Its `struct path`, until 2.6.20 (0f7fc9e4d036) two members of `struct file`.
    public KernelObject dentry() {
        return struct.firstOf("f_path.dentry", "__f_path.dentry", "f_dentry").dereference();
    }

    /// Its `struct vfsmount`.
    public KernelObject mount() {
        return struct.firstOf("f_path.mnt", "__f_path.mnt", "f_vfsmnt").dereference();
    }

    /// Its `struct inode`, in `struct file` itself since 3.9.
    public KernelObject inode() {
        return struct.find("f_inode")
                .orElseGet(() -> dentry().member("d_inode"))
                .dereference();
    }
}
