package io.inquest.crash.command.memory;

import io.inquest.crash.UsageException;
import io.inquest.crash.command.Invocation;
import io.inquest.dump.MemoryFault;
import io.inquest.kernel.AddressSpace;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.Mapping;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/// Memory that a command reads, and how it tells that some of it is not there.
///
/// @param space the memory
/// @param kind what its addresses are
record Source(AddressSpace space, MemoryKind kind) {

    static Source physical(Kernel kernel) {
        return new Source(new PhysicalSpace(kernel.machine(), kernel.memory()), MemoryKind.PHYSICAL);
    }

    static Source user(Invocation invocation) throws IOException {
        return new Source(UserMemory.current(invocation).space(), MemoryKind.USER);
    }

    /// The dump's first file, as it is.
    static Source file(Invocation invocation) {
        Path path = Path.of(invocation.session().sources().dump().getFirst());
        return new Source(new FileSpace(invocation.kernel().machine(), path), MemoryKind.FILE);
    }

    static Source kernel(Kernel kernel) throws IOException {
        return new Source(kernel.space(), MemoryKind.KERNEL);
    }

    /// The memory that a virtual address belongs to: the kernel's, or that of the current task.
    static Source of(Invocation invocation, long address) throws IOException {
        Kernel kernel = invocation.kernel();
        if (address < 0 && !kernel.pageTables().isKernelAddress(address)) {
            throw new UsageException("invalid address: " + Long.toHexString(address)
                    + ": it is not canonical, neither in the kernel's half nor in that of programs");
        }
        return isKernelAddress(kernel, address) ? kernel(kernel) : user(invocation);
    }

    /// Addresses of the upper half are, also those between the halves that no processor takes.
    static boolean isKernelAddress(Kernel kernel, long address) throws IOException {
        return address < 0 || kernel.pageTables().isKernelAddress(address);
    }

    /// Reads `bytes` bytes, or throws a [MemoryFault] in crash's words; `type` says what for.
    byte[] read(long address, int bytes, String type) throws IOException {
        byte[] target = new byte[bytes];
        try {
            space.read(address, ByteBuffer.wrap(target));
        } catch (MemoryFault fault) {
            boolean mapped = space.translate(fault.address(), 1) instanceof Mapping.Mapped;
            throw kind.told(fault, mapped, type);
        }
        return target;
    }
}
