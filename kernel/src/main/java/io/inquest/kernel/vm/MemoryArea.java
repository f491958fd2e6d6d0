package io.inquest.kernel.vm;

import io.inquest.kernel.object.KernelObject;
import java.util.Optional;

/// A run of a task's virtual memory that is of one kind (`struct vm_area_struct`).
///
/// @param struct its `struct vm_area_struct`
public record MemoryArea(KernelObject struct) {

    public long address() {
        return struct.address();
    }

    public long start() {
        return struct.member("vm_start").unsigned();
    }

    /// One past the last byte.
    public long end() {
        return struct.member("vm_end").unsigned();
    }

    /// The `VM_…` bits of `include/linux/mm.h`.
    public long flags() {
        return struct.member("vm_flags").unsigned();
    }

    /// Offset of its first page in the file, in pages.
    public long pageOffset() {
        return struct.member("vm_pgoff").unsigned();
    }

    /// The `struct file` that it maps, if it maps one.
    public Optional<KernelObject> file() {
        KernelObject file = struct.member("vm_file");
        return file.isZero() ? Optional.empty() : Optional.of(file.dereference());
    }

    public boolean contains(long virtualAddress) {
        return Long.compareUnsigned(virtualAddress - start(), end() - start()) < 0;
    }
}
