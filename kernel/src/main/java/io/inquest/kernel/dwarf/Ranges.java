package io.inquest.kernel.dwarf;

import io.inquest.kernel.Hex;
import io.inquest.kernel.elf.SectionCursor;
import io.inquest.kernel.elf.SectionFault;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/// Reads which addresses an entry covers: `low_pc` and `high_pc`, or a list in `.debug_rnglists` (DWARF 5, section
/// 7.25) or `.debug_ranges` (DWARF 4, section 2.17.3).
///
/// | Code | Entry in `.debug_rnglists` | Operands                                 |
/// |-----:|----------------------------|------------------------------------------|
/// |    0 | end of list                |                                          |
/// |    1 | base address               | index (ULEB128)                          |
/// |    2 | start and end              | two indexes                              |
/// |    3 | start and length           | index, length (ULEB128)                  |
/// |    4 | pair of offsets            | two offsets from the base (ULEB128)      |
/// |    5 | base address               | address                                  |
/// |    6 | start and end              | two addresses                            |
/// |    7 | start and length           | address, length (ULEB128)                |
final class Ranges {

    /// More than any function of the kernel is split into; a damaged list may have no end.
    private static final int MOST_RANGES = 1 << 16;

    private final Unit unit;
    private final List<AddressRange> ranges = new ArrayList<>();
    private long base;

    private Ranges(Unit unit) {
        this.unit = unit;
        this.base = unit.baseAddress();
    }

    /// None for an entry that has no code.
    static List<AddressRange> of(Unit unit, Die die) {
        int place = die.find(Attribute.RANGES);
        if (place >= 0) {
            return new Ranges(unit).read(die.form(place), die.value(place));
        }
        OptionalLong low = unit.address(die, Attribute.LOW_PC);
        int high = die.find(Attribute.HIGH_PC);
        if (low.isEmpty() || high < 0) {
            return List.of();
        }
        long end = unit.address(die, Attribute.HIGH_PC).orElse(low.getAsLong() + die.value(high));
        AddressRange range = new AddressRange(low.getAsLong(), end);
        return range.isEmpty() ? List.of() : List.of(range);
    }

    private List<AddressRange> read(int form, long value) {
        if (unit.header().version() >= 5) {
            SectionCursor lists = unit.file().cursor(".debug_rnglists");
            lists.seek(form == Form.RNGLISTX ? listOfIndex(lists, value) : value);
            readLists(lists);
        } else {
            Unit skeleton = unit.file().skeleton();
            Unit owner = skeleton == null ? unit : skeleton;
            long from = skeleton == null ? 0 : skeleton.root().number(Attribute.GNU_RANGES_BASE, 0);
            readPairs(owner.file().cursor(".debug_ranges").seek(value + from));
        }
        return ranges;
    }

    /// Offsets of lists follow the header of the unit's part of the section; they count from there too.
    private long listOfIndex(SectionCursor lists, long index) {
        int offsetBytes = unit.header().offsetBytes();
        long start = unit.root().number(Attribute.RNGLISTS_BASE, offsetBytes == 8 ? 20 : 12);
        if (index < 0 || index > lists.size() / offsetBytes) {
            throw new SectionFault(lists.name() + ": has no list of index " + Hex.of(index));
        }
        return start + lists.seek(start + index * offsetBytes).unsigned(offsetBytes);
    }

    private void readLists(SectionCursor lists) {
        int addressBytes = unit.header().addressBytes();
        for (int i = 0; i < MOST_RANGES; i++) {
            int code = lists.u8();
            switch (code) {
                case 0 -> {
                    return;
                }
                case 1 -> base = unit.addressOfIndex(lists.uleb());
                case 2 -> add(unit.addressOfIndex(lists.uleb()), unit.addressOfIndex(lists.uleb()));
                case 3 -> addLength(unit.addressOfIndex(lists.uleb()), lists.uleb());
                case 4 -> add(base + lists.uleb(), base + lists.uleb());
                case 5 -> base = lists.unsigned(addressBytes);
                case 6 -> add(lists.unsigned(addressBytes), lists.unsigned(addressBytes));
                case 7 -> addLength(lists.unsigned(addressBytes), lists.uleb());
                default ->
                    throw new SectionFault(lists.name() + ": an entry of the unknown kind " + code + " before "
                            + Hex.of(lists.position()));
            }
        }
    }

    /// Pairs of offsets from the base; all ones and an address set it, two zeros end the list.
    private void readPairs(SectionCursor pairs) {
        int addressBytes = unit.header().addressBytes();
        long allOnes = addressBytes == 8 ? -1 : 0xffff_ffffL;
        for (int i = 0; i < MOST_RANGES; i++) {
            long first = pairs.unsigned(addressBytes);
            long second = pairs.unsigned(addressBytes);
            if (first == 0 && second == 0) {
                return;
            }
            if (first == allOnes) {
                base = second;
            } else {
                add(base + first, base + second);
            }
        }
    }

    private void addLength(long low, long bytes) {
        add(low, low + bytes);
    }

    private void add(long low, long high) {
        AddressRange range = new AddressRange(low, high);
        if (!range.isEmpty()) {
            ranges.add(range);
        }
    }
}
