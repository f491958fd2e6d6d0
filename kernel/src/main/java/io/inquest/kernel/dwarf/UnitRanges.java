package io.inquest.kernel.dwarf;

import io.inquest.kernel.dwarf.UnitHeader.Section;
import io.inquest.kernel.elf.SectionCursor;
import io.inquest.kernel.elf.SectionFault;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Which unit has the code at an address: by `.debug_aranges`, or where a compiler wrote none by the units'
/// entries.
///
/// Each set of `.debug_aranges` (DWARF 5, section 6.1.2):
///
/// | 32-bit | Field                | Meaning                                                        |
/// |--------|----------------------|----------------------------------------------------------------|
/// | 4      | `unit_length`        | bytes after it                                                 |
/// | 2      | `version`            | 2                                                              |
/// | 4      | `debug_info_offset`  | header of the unit                                             |
/// | 1      | `address_size`       | 4 or 8                                                         |
/// | 1      | segment size         | 0                                                              |
/// |        | ranges               | padded to twice the address size; start and length each, ended by two zeros |
final class UnitRanges {

    private static final int MOST_RANGES = 1 << 20;

    private record Owned(long low, long high, long unit) {}

    private final List<Owned> ranges;

    private UnitRanges(List<Owned> ranges) {
        this.ranges = ranges;
    }

    static UnitRanges read(DebugFile file) {
        List<Owned> ranges = new ArrayList<>();
        try {
            if (file.sections().find(".debug_aranges").isPresent()) {
                readSets(file.sections().cursor(".debug_aranges", SectionCursor.LARGE_WINDOW), ranges);
            }
        } catch (SectionFault damaged) {
            // Those before are whole.
        }
        if (ranges.isEmpty()) {
            askUnits(file, ranges);
        }
        ranges.sort(Comparator.comparingLong(each -> each.low() ^ Long.MIN_VALUE));
        return new UnitRanges(List.copyOf(ranges));
    }

    private static void readSets(SectionCursor cursor, List<Owned> into) {
        while (cursor.hasRemaining()) {
            long start = cursor.position();
            long length = cursor.u32();
            boolean is64 = length == 0xffff_ffffL;
            length = is64 ? cursor.i64() : length;
            long end = cursor.position() + length;
            if (length < 0 || end > cursor.size()) {
                return;
            }
            cursor.skip(2);
            long unit = cursor.unsigned(is64 ? 8 : 4);
            int addressBytes = cursor.u8();
            if (addressBytes != Integer.BYTES && addressBytes != Long.BYTES) {
                return;
            }
            cursor.skip(1);
            long header = cursor.position() - start;
            cursor.seek(start + Math.ceilDiv(header, 2L * addressBytes) * 2 * addressBytes);
            while (cursor.position() < end && into.size() < MOST_RANGES) {
                long low = cursor.unsigned(addressBytes);
                long bytes = cursor.unsigned(addressBytes);
                if (bytes != 0) {
                    into.add(new Owned(low, low + bytes, unit));
                }
            }
            cursor.seek(end);
        }
    }

    private static void askUnits(DebugFile file, List<Owned> into) {
        for (long start : file.starts().info()) {
            try {
                Unit unit = file.unit(Section.INFO, start);
                for (AddressRange range : Ranges.of(unit, unit.root())) {
                    into.add(new Owned(range.low(), range.high(), start));
                }
            } catch (SectionFault damaged) {
                // The other units do not depend on it.
            }
        }
    }

    /// Start of the unit with the code at an address, -1 where none has.
    long unitAt(long address) {
        int low = 0;
        int high = ranges.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Long.compareUnsigned(ranges.get(middle).low(), address) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        if (low == 0) {
            return -1;
        }
        Owned owned = ranges.get(low - 1);
        return Long.compareUnsigned(address, owned.high()) < 0 ? owned.unit() : -1;
    }
}
