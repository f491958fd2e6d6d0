package io.inquest.dump;

/// One range of memory as an ELF core's PT_LOAD names it.
///
/// Segments may overlap in physical addresses: every vmcore made by kexec_file_load holds the kernel image twice.
///
/// @param virtualAddress `p_vaddr`
/// @param physicalAddress `p_paddr`, -1 when the dump gives none (as `/proc/kcore` does for vmalloc and modules)
/// @param memoryBytes `p_memsz`: bytes in the machine
/// @param fileBytes `p_filesz`: bytes in the dump; the rest was left out
/// @param fileOffset `p_offset`
public record PhysicalSegment(
        long virtualAddress, long physicalAddress, long memoryBytes, long fileBytes, long fileOffset) {

    public boolean hasPhysicalAddress() {
        return physicalAddress != -1;
    }
}
