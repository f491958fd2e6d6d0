package io.inquest.kernel.dwarf;

import io.inquest.kernel.Hex;
import io.inquest.kernel.elf.SectionCursor;
import io.inquest.kernel.elf.SectionFault;

/// `.debug_str_offsets`: offsets in `.debug_str` by index (DWARF 5, section 7.26).
final class StringOffsets {

    private StringOffsets() {}

    /// Where offsets begin in a unit that does not say: in split files behind the one header of version 5.
    static long defaultBase(DebugSections sections, UnitHeader unit) {
        if (!sections.isSplit() || unit.version() < 5) {
            return 0;
        }
        return unit.offsetBytes() == 8 ? 16 : 8;
    }

    static long at(SectionCursor offsets, long base, long index, int offsetBytes) {
        if (index < 0 || index > offsets.size() / offsetBytes) {
            throw new SectionFault(offsets.name() + ": has no string of index " + Hex.of(index));
        }
        return offsets.seek(base + index * offsetBytes).unsigned(offsetBytes);
    }
}
