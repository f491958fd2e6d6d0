package io.inquest.kernel.dwarf;

import io.inquest.kernel.Hex;
import io.inquest.kernel.elf.SectionCursor;
import io.inquest.kernel.elf.SectionFault;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The index of a `.dwp` file: which part of each section belongs to a unit (DWARF 5, section 7.3.5.3; before
/// that GNU's, of version 2).
///
/// | Size    | Field             | Meaning                                                          |
/// |---------|-------------------|------------------------------------------------------------------|
/// | 4       | version           | 2; or 5 in 2 bytes and 2 bytes of zeros                          |
/// | 4       | N                 | number of sections                                               |
/// | 4       | U                 | number of units                                                  |
/// | 4       | S                 | slots of the hash table                                          |
/// | 8 S     | ids               | of units, 0 in empty slots                                       |
/// | 4 S     | rows              | of the slots, from 1                                             |
/// | 4 N     | sections          | 1 info, 2 types, 3 abbrev, 4 line, 5 loc or loclists, 6 str_offsets, 8 rnglists |
/// | 4 N U   | offsets           | a row for each unit                                              |
/// | 4 N U   | sizes             | a row for each unit                                              |
final class SplitPackage {

    /// A part of a section.
    record Part(long offset, long bytes) {}

    private static final int MOST_SECTIONS = 16;
    private static final int HEADER_BYTES = 16;

    private final SectionCursor cursor;
    private final int version;
    private final int sections;
    private final long units;
    private final long slots;

    private SplitPackage(SectionCursor cursor) {
        this.cursor = cursor;
        int first = (int) cursor.seek(0).u32();
        this.version = (first & 0xffff) == 5 ? 5 : first;
        this.sections = (int) Math.min(cursor.u32(), MOST_SECTIONS + 1L);
        this.units = cursor.u32();
        this.slots = cursor.u32();
        if ((version != 2 && version != 5) || sections > MOST_SECTIONS || slots > cursor.size() / 12) {
            throw new SectionFault(cursor.name() + ": is of version " + version + " with " + slots + " slots");
        }
    }

    /// The index of the units of a `.dwp` file.
    static SplitPackage of(DebugSections sections) {
        return new SplitPackage(sections.unsuffixedCursor(".debug_cu_index"));
    }

    /// The parts of a unit's sections by their names without `.dwo`; empty where it is not in the package.
    Optional<Map<String, Part>> find(long id) {
        for (long slot = 0; slot < slots; slot++) {
            if (cursor.seek(HEADER_BYTES + 8 * slot).i64() == id) {
                long row = cursor.seek(HEADER_BYTES + 8 * slots + 4 * slot).u32();
                if (row > 0 && row <= units) {
                    return Optional.of(parts(row));
                }
            }
        }
        return Optional.empty();
    }

    private Map<String, Part> parts(long row) {
        long table = HEADER_BYTES + 12 * slots;
        long offsets = table + 4L * sections * row;
        long sizes = offsets + 4L * sections * units;
        Map<String, Part> parts = new HashMap<>();
        for (int i = 0; i < sections; i++) {
            String name = name((int) cursor.seek(table + 4L * i).u32());
            long offset = cursor.seek(offsets + 4L * i).u32();
            parts.put(name, new Part(offset, cursor.seek(sizes + 4L * i).u32()));
        }
        return parts;
    }

    private String name(int section) {
        return switch (section) {
            case 1 -> ".debug_info";
            case 2 -> ".debug_types";
            case 3 -> ".debug_abbrev";
            case 4 -> ".debug_line";
            case 5 -> version == 5 ? ".debug_loclists" : ".debug_loc";
            case 6 -> ".debug_str_offsets";
            case 8 -> version == 5 ? ".debug_rnglists" : ".debug_macro";
            default -> "section " + Hex.of(section);
        };
    }
}
