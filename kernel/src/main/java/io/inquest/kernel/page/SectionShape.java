package io.inquest.kernel.page;

/// Sections of memory in numbers.
///
/// @param pageBits log2 of the frames of a section
/// @param perRoot sections of one root
/// @param sections number of sections that the kernel has room for
/// @param structBytes `SIZE(page)`
record SectionShape(int pageBits, int perRoot, long sections, int structBytes) {

    long startPfn(long section) {
        return section << pageBits;
    }

    long endPfn(long section) {
        return (section + 1) << pageBits;
    }

    /// Bytes of struct pages before those of `section`, in an array of all.
    long mapOffset(long section) {
        return startPfn(section) * structBytes;
    }
}
