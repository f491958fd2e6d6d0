package io.inquest.kernel.page;

import io.inquest.dump.DumpException;
import io.inquest.kernel.VmcoreInfo;
import io.inquest.kernel.arch.Architecture;

/// How much memory there is and can be.
///
/// @param endPfn one past the highest page frame of the dump
/// @param pageShift log2 of the page size
/// @param sectionBits log2 of the bytes of a section (`SECTION_SIZE_BITS`)
/// @param addressBits bits of a physical address (`MAX_PHYSMEM_BITS`)
record MemoryBounds(long endPfn, int pageShift, int sectionBits, int addressBits) {

    private static final int MOST_ADDRESS_BITS = 60;
    private static final int MOST_SECTION_BITS = 40;

    static MemoryBounds of(long endPfn, int pageShift, VmcoreInfo info, Architecture architecture)
            throws DumpException {
        long sectionBits = info.number("SECTION_SIZE_BITS").orElse(architecture.defaultSectionSizeBits(info));
        long addressBits = info.number("MAX_PHYSMEM_BITS").orElse(architecture.defaultPhysicalAddressBits(info));
        if (sectionBits <= pageShift
                || sectionBits > MOST_SECTION_BITS
                || addressBits < sectionBits
                || addressBits > MOST_ADDRESS_BITS) {
            throw new DumpException("vmcoreinfo says SECTION_SIZE_BITS=" + sectionBits + " and MAX_PHYSMEM_BITS="
                    + addressBits + ", which cannot be with pages of " + (1L << pageShift) + " bytes");
        }
        return new MemoryBounds(endPfn, pageShift, (int) sectionBits, (int) addressBits);
    }

    long pageBytes() {
        return 1L << pageShift;
    }

    int sectionPageBits() {
        return sectionBits - pageShift;
    }

    /// `NR_MEM_SECTIONS`.
    long sections() {
        return 1L << (addressBits - sectionBits);
    }
}
