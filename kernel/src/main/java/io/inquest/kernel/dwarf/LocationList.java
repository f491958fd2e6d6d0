package io.inquest.kernel.dwarf;

import io.inquest.kernel.Hex;
import io.inquest.kernel.elf.SectionCursor;
import io.inquest.kernel.elf.SectionFault;

/// Finds the expression for one place in the code in a list of them: `.debug_loclists` (DWARF 5, section 7.7.3) or
/// `.debug_loc` (DWARF 4, section 2.6.2).
///
/// | Code | Entry in `.debug_loclists` | Operands                                        |
/// |-----:|----------------------------|-------------------------------------------------|
/// |    0 | end of list                |                                                 |
/// |    1 | base address               | index (ULEB128)                                 |
/// |    2 | start and end              | two indexes, expression                         |
/// |    3 | start and length           | index, length (ULEB128), expression             |
/// |    4 | pair of offsets            | two offsets from the base (ULEB128), expression |
/// |    5 | everywhere else            | expression                                      |
/// |    6 | base address               | address                                         |
/// |    7 | start and end              | two addresses, expression                       |
/// |    8 | start and length           | address, length (ULEB128), expression           |
///
/// An expression here is its length (ULEB128; 2 bytes in `.debug_loc`) and its bytes.
final class LocationList {

    /// More than any variable has; a damaged list may have no end.
    private static final int MOST_ENTRIES = 1 << 16;

    private final Unit unit;
    private final SectionCursor lists;
    private final long wanted;
    private long base;
    private long bytes;

    private LocationList(Unit unit, SectionCursor lists, long wanted) {
        this.unit = unit;
        this.lists = lists;
        this.wanted = wanted;
        this.base = unit.baseAddress();
    }

    /// Length of the expression for `address`, at which the cursor of [#section] stands then; -1 where none
    /// covers it.
    static long find(Unit unit, int form, long value, long address) {
        SectionCursor lists = unit.file().cursor(section(unit));
        LocationList list = new LocationList(unit, lists, address);
        if (unit.header().version() >= 5) {
            lists.seek(form == Form.LOCLISTX ? list.ofIndex(value) : value);
            return list.searchLists();
        }
        lists.seek(value);
        return unit.file().skeleton() == null ? list.searchPairs() : list.searchSplitPairs();
    }

    static String section(Unit unit) {
        return unit.header().version() >= 5 ? ".debug_loclists" : ".debug_loc";
    }

    private long ofIndex(long index) {
        int offsetBytes = unit.header().offsetBytes();
        long start = unit.root().number(Attribute.LOCLISTS_BASE, offsetBytes == 8 ? 20 : 12);
        if (index < 0 || index > lists.size() / offsetBytes) {
            throw new SectionFault(lists.name() + ": has no list of index " + Hex.of(index));
        }
        return start + lists.seek(start + index * offsetBytes).unsigned(offsetBytes);
    }

    private long searchLists() {
        int addressBytes = unit.header().addressBytes();
        for (int i = 0; i < MOST_ENTRIES; i++) {
            int code = lists.u8();
            boolean covers = switch (code) {
                case 1 -> setBase(unit.addressOfIndex(lists.uleb()));
                case 2 -> covers(unit.addressOfIndex(lists.uleb()), unit.addressOfIndex(lists.uleb()));
                case 3 -> coversLength(unit.addressOfIndex(lists.uleb()), lists.uleb());
                case 4 -> covers(base + lists.uleb(), base + lists.uleb());
                case 5 -> true;
                case 6 -> setBase(lists.unsigned(addressBytes));
                case 7 -> covers(lists.unsigned(addressBytes), lists.unsigned(addressBytes));
                case 8 -> coversLength(lists.unsigned(addressBytes), lists.uleb());
                default -> false;
            };
            if (code == 0 || code > 8) {
                return -1;
            }
            if (code != 1 && code != 6 && expression(lists.uleb(), covers)) {
                return bytes;
            }
        }
        return -1;
    }

    private long searchPairs() {
        int addressBytes = unit.header().addressBytes();
        long allOnes = addressBytes == 8 ? -1 : 0xffff_ffffL;
        for (int i = 0; i < MOST_ENTRIES; i++) {
            long first = lists.unsigned(addressBytes);
            long second = lists.unsigned(addressBytes);
            if (first == 0 && second == 0) {
                return -1;
            }
            if (first == allOnes) {
                base = second;
            } else if (expression(lists.u16(), covers(base + first, base + second))) {
                return bytes;
            }
        }
        return -1;
    }

    /// `.debug_loc.dwo`, as GNU tools wrote it before DWARF 5: 0 ends, 1 sets the base, 2 has two indexes, 3 an
    /// index and a length of 4 bytes.
    private long searchSplitPairs() {
        for (int i = 0; i < MOST_ENTRIES; i++) {
            int code = lists.u8();
            boolean covers = switch (code) {
                case 1 -> setBase(unit.addressOfIndex(lists.uleb()));
                case 2 -> covers(unit.addressOfIndex(lists.uleb()), unit.addressOfIndex(lists.uleb()));
                case 3 -> coversLength(unit.addressOfIndex(lists.uleb()), lists.u32());
                default -> false;
            };
            if (code == 0 || code > 3) {
                return -1;
            }
            if (code != 1 && expression(lists.u16(), covers)) {
                return bytes;
            }
        }
        return -1;
    }

    private boolean setBase(long address) {
        base = address;
        return false;
    }

    private boolean covers(long low, long high) {
        return new AddressRange(low, high).contains(wanted);
    }

    private boolean coversLength(long low, long length) {
        return covers(low, low + length);
    }

    /// Stays before the expression if it is the one.
    private boolean expression(long length, boolean covers) {
        if (covers) {
            bytes = length;
        } else {
            lists.skip(length);
        }
        return covers;
    }
}
