package io.inquest.kernel.arch;

import io.inquest.dump.Machine;
import io.inquest.dump.PhysicalMemory;
import io.inquest.kernel.AddressSpace;
import io.inquest.kernel.VmcoreInfo;
import java.io.IOException;
import java.util.OptionalLong;

/// What the rest of `kernel` asks of a machine type. The only place where an architecture is known by name.
public interface Architecture {

    /// The name that `uname -m` gives.
    String name();

    /// The kernel's own address space.
    ///
    /// `physBase` is the load shift that the container recorded, for dumps whose vmcoreinfo has none. Throws a
    /// [DumpException] that says what is missing when the page tables cannot be found.
    KernelSpace kernelSpace(Machine machine, PhysicalMemory memory, VmcoreInfo info, OptionalLong physBase)
            throws IOException;

    /// log2 of the bytes of a sparse memory section, for kernels that do not say (`SECTION_SIZE_BITS`).
    int defaultSectionSizeBits(VmcoreInfo info);

    /// Bits of a physical address, for kernels that do not say (`MAX_PHYSMEM_BITS`).
    int defaultPhysicalAddressBits(VmcoreInfo info);

    /// The kernel's address space with what its architecture knows of its layout.
    interface KernelSpace extends AddressSpace {

        /// Physical address of the root table.
        long rootTable();

        /// Whether `address` belongs to the kernel's half.
        boolean isKernelAddress(long address);

        /// One task's address space from its root table.
        AddressSpace userSpace(long rootTable);

        /// Tells `visitor` each page frame that holds a table or is mapped by the kernel outside the direct map
        /// (vmalloc, modules, vmemmap, per-CPU entry areas): the frames no filter may leave out.
        void visitOwnFrames(FrameVisitor visitor) throws IOException;

        /// Tells `visitor` the frames of all tables reachable from a task's root table.
        void visitUserTables(long rootTable, FrameVisitor visitor) throws IOException;
    }

    /// Takes runs of page frames.
    @FunctionalInterface
    interface FrameVisitor {
        void frames(long firstPfn, long count);
    }
}
