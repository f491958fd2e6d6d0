package io.inquest.kernel.dwarf;

import io.inquest.kernel.dwarf.UnitHeader.Section;

/// Where an entry is, as one number, since an index holds hundreds of thousands of them.
///
/// | Bits  | Meaning                                                                |
/// |-------|------------------------------------------------------------------------|
/// | 0-39  | offset in the section                                                  |
/// | 40-55 | number of the file: 0 the debug file, 1 its alternate, then split ones |
/// | 56    | 1 in `.debug_types`                                                    |
final class DieReference {

    static final long LARGEST_OFFSET = (1L << 40) - 1;
    static final int LARGEST_FILE = (1 << 16) - 1;

    private static final int FILE_SHIFT = 40;
    private static final long TYPES = 1L << 56;

    private DieReference() {}

    static long of(int file, Section section, long offset) {
        return (offset & LARGEST_OFFSET) | (long) file << FILE_SHIFT | (section == Section.TYPES ? TYPES : 0);
    }

    static long offset(long reference) {
        return reference & LARGEST_OFFSET;
    }

    static int file(long reference) {
        return (int) (reference >>> FILE_SHIFT) & LARGEST_FILE;
    }

    static Section section(long reference) {
        return (reference & TYPES) != 0 ? Section.TYPES : Section.INFO;
    }
}
