package io.inquest.kernel.arch.x86_64;

import java.io.IOException;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// The part of the kernel's half that maps all physical memory in one piece
/// (`Documentation/arch/x86/x86_64/mm.rst`: "direct mapping of all physical memory").
///
/// It comes first in the kernel's half and begins with physical address 0 at a multiple of 1 GiB, with KASLR
/// at any: what the first mapped page is away from its physical address. The kernel's image, where it was not moved,
/// looks alike and must not be taken for it.
final class DirectMap {

    private static final int HALF = PageTables.ENTRIES / 2;
    private static final long ONE_GIB = 1L << 30;

    private final PageTables tables;
    private final long rootTable;
    private @Nullable OptionalLong base;

    DirectMap(PageTables tables, long rootTable) {
        this.tables = tables;
        this.rootTable = rootTable;
    }

    /// Virtual address of physical address 0; empty when the tables that would tell are lost.
    synchronized OptionalLong base() throws IOException {
        if (base == null) {
            base = first(rootTable, 0, 0, HALF);
        }
        return base;
    }

    private OptionalLong first(long table, int depth, long start, int from) throws IOException {
        long[] entries = tables.cache().entries(table);
        if (entries == null) {
            return OptionalLong.empty();
        }
        int shift = tables.shiftAt(depth);
        for (int i = from; i < PageTables.ENTRIES; i++) {
            long virtual = tables.canonical(start + ((long) i << shift));
            if (Long.compareUnsigned(virtual, X86_64.START_KERNEL_MAP) >= 0) {
                break;
            }
            if (PageTables.isLeaf(entries[i], shift)) {
                long offset = virtual - tables.leafAddress(entries[i], shift);
                if ((offset & (ONE_GIB - 1)) == 0) {
                    return OptionalLong.of(offset);
                }
            } else if (PageTables.hasTable(entries[i], shift)) {
                OptionalLong below = first(tables.tableAddress(entries[i]), depth + 1, virtual, 0);
                if (below.isPresent()) {
                    return below;
                }
            }
        }
        return OptionalLong.empty();
    }
}
