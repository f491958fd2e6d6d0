package io.inquest.kernel.arch.x86_64;

import io.inquest.kernel.AddressSpace;
import io.inquest.kernel.arch.FrameVisitor;
import io.inquest.kernel.arch.KernelSpace;
import java.io.IOException;
import java.util.OptionalLong;

/// The kernel's half of the address space, as its own root table maps it.
final class KernelTables extends WalkedSpace implements KernelSpace {

    private final long imageOffset;
    private final DirectMap directMap;

    /// `imageOffset` is the virtual minus the physical address of the kernel image.
    KernelTables(PageTables tables, long rootTable, long imageOffset) {
        super(tables, rootTable);
        this.imageOffset = imageOffset;
        this.directMap = new DirectMap(tables, rootTable);
    }

    @Override
    public boolean isKernelAddress(long address) {
        return Long.compareUnsigned(address, tables().kernelHalf()) >= 0;
    }

    @Override
    public OptionalLong directMap(long physicalAddress) throws IOException {
        OptionalLong base = directMap.base();
        return base.isPresent() ? OptionalLong.of(base.getAsLong() + physicalAddress) : OptionalLong.empty();
    }

    @Override
    public AddressSpace userSpace(long rootTable) {
        return new WalkedSpace(tables(), tables().tableAddress(rootTable));
    }

    @Override
    public long visitOwnFrames(FrameVisitor visitor) throws IOException {
        return new TableVisit(tables(), visitor).kernelHalf(rootTable(), imageOffset);
    }

    @Override
    public long visitUserMemory(long rootTable, FrameVisitor visitor) throws IOException {
        return new TableVisit(tables(), visitor).userHalf(tables().tableAddress(rootTable));
    }
}
