package io.inquest.kernel.dwarf;

import io.inquest.kernel.dwarf.UnitHeader.Section;
import io.inquest.kernel.elf.SectionCursor;
import io.inquest.kernel.elf.SectionFault;
import java.util.Arrays;

/// Where the headers of units are, ascending, in `.debug_info` and in `.debug_types`.
final class UnitStarts {

    /// Headers lie far from each other, so reading ahead would be in vain.
    private static final int HEADER_WINDOW = 64;

    private final long[] info;
    private final long[] types;

    UnitStarts(long[] info, long[] types) {
        this.info = info;
        this.types = types;
    }

    /// Goes over the headers of a file. A damaged header ends its section: nothing tells where the next one is.
    static UnitStarts read(DebugSections sections) {
        return new UnitStarts(starts(sections, Section.INFO), starts(sections, Section.TYPES));
    }

    private static long[] starts(DebugSections sections, Section section) {
        String name = sections.nameOf(section);
        if (sections.find(name).isEmpty()) {
            return new long[0];
        }
        SectionCursor cursor = sections.cursor(name, HEADER_WINDOW);
        long[] starts = new long[64];
        int count = 0;
        try {
            while (cursor.hasRemaining()) {
                UnitHeader unit = UnitHeader.read(cursor, section);
                starts = count == starts.length ? Arrays.copyOf(starts, 2 * count) : starts;
                starts[count++] = unit.start();
                cursor.seek(unit.end());
            }
        } catch (SectionFault damaged) {
            // What comes before is whole.
        }
        return Arrays.copyOf(starts, count);
    }

    long[] info() {
        return info;
    }

    long[] types() {
        return types;
    }

    long[] of(Section section) {
        return switch (section) {
            case INFO -> info;
            case TYPES -> types;
        };
    }

    int count() {
        return info.length + types.length;
    }

    /// The start of the unit that an offset lies in, or -1 if it lies before the first one.
    long containing(Section section, long offset) {
        long[] starts = of(section);
        int found = Arrays.binarySearch(starts, offset);
        int index = found >= 0 ? found : -found - 2;
        return index < 0 ? -1 : starts[index];
    }
}
