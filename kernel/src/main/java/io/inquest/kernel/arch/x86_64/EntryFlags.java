package io.inquest.kernel.arch.x86_64;

import io.inquest.kernel.arch.PageEntry;
import java.util.ArrayList;
import java.util.List;

/// Entries of page tables of x86-64 by their bits (Linux: `arch/x86/include/asm/pgtable_types.h`).
///
/// | Bit | Name     | Bit | Name                                        |
/// |----:|----------|----:|---------------------------------------------|
/// | 0   | PRESENT  | 5   | ACCESSED                                    |
/// | 1   | RW       | 6   | DIRTY                                       |
/// | 2   | USER     | 7   | PSE: maps a huge page itself                |
/// | 3   | PWT      | 8   | GLOBAL; of entries not present PROTNONE     |
/// | 4   | PCD      | 63  | NX                                          |
///
/// A swap entry (`pgtable_64.h`, since 4.19 bcd11afa7ade) has the area in the bits 59 to 63 and the inverted
/// offset in 9 to 58.
final class EntryFlags {

    private static final long PRESENT = 1;
    private static final int PROTNONE_BIT = 8;
    private static final long PROTNONE = 1L << PROTNONE_BIT;
    private static final String PROTECTED = "PROTNONE";
    private static final long PSE = 0x80;
    private static final long ADDRESS = 0x000f_ffff_ffff_f000L;
    private static final int NX_BIT = 63;
    private static final int SWAP_AREA_SHIFT = 59;
    private static final int SWAP_AREA_BITS = 5;
    private static final int SWAP_OFFSET_SHIFT = 14;
    private static final List<String> NAMES =
            List.of("PRESENT", "RW", "USER", "PWT", "PCD", "ACCESSED", "DIRTY", "PSE", "GLOBAL");

    private EntryFlags() {}

    static PageEntry describe(long entry) {
        if (entry == 0) {
            return new PageEntry(PageEntry.State.EMPTY, 0, List.of(), 0, 0);
        }
        boolean present = (entry & PRESENT) != 0;
        if (!present && (entry & (PROTNONE | PSE)) == 0) {
            long offset = ~entry << SWAP_AREA_BITS >>> SWAP_OFFSET_SHIFT;
            return new PageEntry(PageEntry.State.SWAPPED, 0, List.of(), (int) (entry >>> SWAP_AREA_SHIFT), offset);
        }
        PageEntry.State state = present ? PageEntry.State.PRESENT : PageEntry.State.PROTECTED;
        long physical = present ? entry & ADDRESS : ~entry & ADDRESS;
        return new PageEntry(state, physical, names(entry, present), 0, 0);
    }

    private static List<String> names(long entry, boolean present) {
        List<String> names = new ArrayList<>();
        for (int bit = 0; bit < NAMES.size(); bit++) {
            if ((entry >>> bit & 1) != 0) {
                names.add(present || bit != PROTNONE_BIT ? NAMES.get(bit) : PROTECTED);
            }
        }
        if (entry >>> NX_BIT != 0) {
            names.add("NX");
        }
        return names;
    }
}
