package io.inquest.kernel.arch;

import io.inquest.kernel.AddressSpace;
import java.io.IOException;
import java.util.OptionalLong;

/// The kernel's address space with what its architecture knows of its layout.
public interface KernelSpace extends AddressSpace {

    /// Physical address of the root table.
    long rootTable();

    /// Whether `address` belongs to the kernel's half.
    boolean isKernelAddress(long address);

    /// Where the kernel sees all physical memory in one piece: the virtual address of a physical one there;
    /// empty when the tables that map it are lost, or there is no such place.
    default OptionalLong directMap(long physicalAddress) throws IOException {
        return OptionalLong.empty();
    }

    /// One task's address space from the physical address of its root table.
    AddressSpace userSpace(long rootTable);

    /// Tells `visitor` each page frame that holds a table or is mapped by the kernel outside the direct map and
    /// the kernel image (vmalloc, modules, vmemmap, per-CPU entry areas): the frames no filter may leave out.
    ///
    /// Frames come in no order, some more than once, and some of them are no memory (device registers).
    /// Returns the number of tables that could not be read, below which nothing was found.
    long visitOwnFrames(FrameVisitor visitor) throws IOException;

    /// Tells `visitor` the frames of a task's memory: the tables of the user half of its root table, the root's
    /// own, and all pages that they map.
    ///
    /// Returns the number of tables that could not be read.
    long visitUserMemory(long rootTable, FrameVisitor visitor) throws IOException;
}
