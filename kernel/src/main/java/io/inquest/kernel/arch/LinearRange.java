package io.inquest.kernel.arch;

/// A run of kernel memory that lies in physical memory in one piece, so that no page table is needed to read it.
///
/// @param virtualAddress where it begins
/// @param physicalAddress where that is in physical memory
/// @param bytes how long it is
public record LinearRange(long virtualAddress, long physicalAddress, long bytes) {

    public boolean contains(long address) {
        return Long.compareUnsigned(address - virtualAddress, bytes) < 0;
    }

    /// The physical address of a virtual one that it contains.
    public long physical(long address) {
        return physicalAddress + (address - virtualAddress);
    }

    /// The part of it below `end`; all of it where `end` is not within.
    public LinearRange upTo(long end) {
        return contains(end) ? new LinearRange(virtualAddress, physicalAddress, end - virtualAddress) : this;
    }
}
