package io.inquest.kernel.vm;

import io.inquest.kernel.object.KernelObject;
import java.util.Optional;

/// A range of the kernel's virtual memory that is given to somebody (`struct vmap_area`, `mm/vmalloc.c`).
///
/// @param struct its `struct vmap_area`
public record VmallocArea(KernelObject struct) {

    public long address() {
        return struct.address();
    }

    public long start() {
        return struct.member("va_start").unsigned();
    }

    /// One past the last byte; a guard page before it is not mapped.
    public long end() {
        return struct.member("va_end").unsigned();
    }

    /// The `struct vm_struct` with what is mapped there; none for ranges of `vm_map_ram`.
    public Optional<KernelObject> mapped() {
        Optional<KernelObject> vm = struct.find("vm");
        if (vm.isEmpty() || vm.get().isZero()) {
            return Optional.empty();
        }
        return Optional.of(vm.get().dereference());
    }

    public boolean contains(long virtualAddress) {
        return Long.compareUnsigned(virtualAddress - start(), end() - start()) < 0;
    }
}
