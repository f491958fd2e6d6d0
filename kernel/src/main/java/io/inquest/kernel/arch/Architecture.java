package io.inquest.kernel.arch;

import io.inquest.dump.DumpException;
import io.inquest.dump.Machine;
import io.inquest.dump.PhysicalMemory;
import io.inquest.kernel.LinkedImage;
import io.inquest.kernel.VmcoreInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;

/// What the rest of `kernel` asks of a machine type. The only place where an architecture is known by name.
///
/// A new architecture is one package with an implementation of this, and one line in [Architectures].
public interface Architecture {

    /// The name that `uname -m` gives.
    String name();

    /// Whether `address` lies where the kernel image is linked to, so that KASLR moves it.
    boolean isImageAddress(long address);

    /// The kernel's own address space.
    ///
    /// `physBase` is the load shift that the container recorded, for dumps whose vmcoreinfo has none. Throws a
    /// [DumpException] that says which step is missing or wrong when there are no page tables.
    KernelSpace kernelSpace(Machine machine, PhysicalMemory memory, VmcoreInfo info, OptionalLong physBase)
            throws IOException;

    /// The same from the physical address of a root table that stands in for the kernel's own; whether it maps the
    /// kernel is for the caller to see.
    KernelSpace kernelSpace(
            Machine machine, PhysicalMemory memory, VmcoreInfo info, OptionalLong physBase, long rootTable)
            throws DumpException;

    /// `phys_base` as a dumpfile's header records it, empty where nobody tells; arguments as for [#kernelSpace].
    OptionalLong physBase(PhysicalMemory memory, VmcoreInfo info, OptionalLong recorded);

    /// Finds where an image lies in memory whose vmcoreinfo is lost, by what it holds: the lines that the kernel would
    /// have exported of it (`KERNELOFFSET=…`, `NUMBER(phys_base)=…` and the like), empty where it is not there.
    Optional<String> locate(LinkedImage image, PhysicalMemory memory) throws IOException;

    /// Where the kernel image may lie, without asking page tables; empty where nobody tells. Longer than the image,
    /// whose end only symbols know. Arguments as for [#kernelSpace].
    Optional<LinearRange> image(PhysicalMemory memory, VmcoreInfo info, OptionalLong physBase);

    /// The kernel's variable, a word, that holds the address of physical address 0 in the direct map; empty where
    /// there is none.
    Optional<String> directMapVariable();

    /// log2 of the bytes of a sparse memory section, for kernels that do not say (`SECTION_SIZE_BITS`).
    int defaultSectionSizeBits(VmcoreInfo info);

    /// Bits of a physical address, for kernels that do not say (`MAX_PHYSMEM_BITS`).
    int defaultPhysicalAddressBits(VmcoreInfo info);

    /// The registers in an NT_PRSTATUS note of this machine type; none when the note is too short.
    Registers registers(ByteBuffer prstatus);

    /// What an entry of a page table says.
    PageEntry pageEntry(long entry);

    /// Bytes of a kernel stack, a power of two to which stacks are aligned (`THREAD_SIZE`).
    int stackBytes();

    /// What unwinding a stack asks.
    StackRules stackRules();

    /// What makes instructions of the machine's code.
    Disassembler disassembler();

    /// Where functions find their arguments.
    CallingConvention callingConvention();
}
