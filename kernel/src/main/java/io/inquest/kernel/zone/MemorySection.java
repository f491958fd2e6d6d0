package io.inquest.kernel.zone;

import io.inquest.kernel.object.KernelObject;

/// A piece of memory whose struct pages were made together (`struct mem_section`, `include/linux/mmzone.h`).
///
/// The word `section_mem_map` holds an address and in its low bits the state:
///
/// | Bit | Letter | Meaning                                          |
/// |----:|--------|--------------------------------------------------|
/// | 0   | P      | there is memory                                  |
/// | 1   | M      | it has struct pages                              |
/// | 2   | O      | online                                           |
/// | 3   | E      | since early in the boot, not plugged in later    |
/// | 4   | D      | memory of a device                               |
///
/// @param number its place: memory from `number << sectionShift` pages on
/// @param struct its `struct mem_section`
/// @param startPfn first frame
/// @param structPageBytes bytes of a struct page
public record MemorySection(long number, KernelObject struct, long startPfn, int structPageBytes) {

    private static final String LETTERS = "PMOED";
    private static final long FLAGS = 0x3f;

    public long address() {
        return struct.address();
    }

    /// Address of struct pages less that of frame 0, so that a frame's number need only be added.
    public long codedMemMap() {
        return struct.member("section_mem_map").unsigned() & ~FLAGS;
    }

    /// Virtual address of its first struct page.
    public long memMap() {
        return codedMemMap() + startPfn * structPageBytes;
    }

    /// The letters of the state bits that are set.
    public String state() {
        long word = struct.member("section_mem_map").unsigned();
        StringBuilder letters = new StringBuilder();
        for (int bit = 0; bit < LETTERS.length(); bit++) {
            if ((word >>> bit & 1) != 0) {
                letters.append(LETTERS.charAt(bit));
            }
        }
        return letters.toString();
    }

    boolean isPresent() {
        return (struct.member("section_mem_map").unsigned() & 1) != 0;
    }
}
