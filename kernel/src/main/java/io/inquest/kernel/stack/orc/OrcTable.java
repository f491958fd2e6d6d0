package io.inquest.kernel.stack.orc;

import io.inquest.kernel.AddressSpace;
import java.util.Optional;

/// The ORC entries of the kernel's image or of one module, looked up in place.
///
/// Two arrays of the same length, sorted by address when the kernel was linked or the module loaded (kernel:
/// `arch/x86/kernel/unwind_orc.c`). Beside the kernel's own lies a third, `orc_lookup`, that makes searching
/// faster; a binary search does without it.
///
/// | Array           | Size | Element                                                                  |
/// |-----------------|-----:|--------------------------------------------------------------------------|
/// | `orc_unwind_ip` |    4 | signed distance from the element's own address to the code it begins at  |
/// | `orc_unwind`    |    6 | `struct orc_entry`, see [OrcLayout]                                      |
///
/// Half a million entries of a kernel are four megabytes, of which a search reads a few pages.
public final class OrcTable {

    /// Ten times what any kernel has.
    private static final int MOST_ENTRIES = 8_000_000;

    private final LazyBytes addresses;
    private final LazyBytes entries;
    private final long addressesAt;
    private final int count;

    private OrcTable(AddressSpace space, long addressesAt, long entriesAt, int count) {
        this.addresses = new LazyBytes(space, addressesAt, count * Integer.BYTES);
        this.entries = new LazyBytes(space, entriesAt, count * OrcLayout.ENTRY_BYTES);
        this.addressesAt = addressesAt;
        this.count = count;
    }

    /// The table of `count` entries at those addresses; empty when no table can be that large.
    public static Optional<OrcTable> of(AddressSpace space, long addressesAt, long entriesAt, long count) {
        if (count <= 0 || count > MOST_ENTRIES || addressesAt == 0 || entriesAt == 0) {
            return Optional.empty();
        }
        return Optional.of(new OrcTable(space, addressesAt, entriesAt, (int) count));
    }

    /// Number of entries.
    public int count() {
        return count;
    }

    /// The address of the code that an entry begins at.
    public long start(int index) {
        long offset = (long) index * Integer.BYTES;
        return addressesAt + offset + addresses.intAt(offset);
    }

    /// The flags of an entry, whose meaning the layout tells.
    public int flags(int index) {
        return entries.shortAt((long) index * OrcLayout.ENTRY_BYTES + 4) & 0xffff;
    }

    /// The entry of that number.
    public OrcEntry entry(int index, OrcLayout layout) {
        long offset = (long) index * OrcLayout.ENTRY_BYTES;
        return layout.decode(entries.shortAt(offset), entries.shortAt(offset + 2), flags(index));
    }

    /// The number of the last entry that begins at or before an address; -1 if there is none.
    ///
    /// Of several that begin at one address the last is meant: the others end a section (`ORC_TYPE_UNDEFINED`).
    /// Throws a [io.inquest.dump.MemoryFault] when a page of the table is not in the dump.
    public int find(long address) {
        int low = 0;
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Long.compareUnsigned(start(middle), address) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }
}
