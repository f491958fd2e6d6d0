package io.inquest.kernel.arch.x86_64;

import io.inquest.dump.DumpException;
import io.inquest.kernel.Hex;
import io.inquest.kernel.arch.FrameVisitor;
import java.io.IOException;

/// One visit to all tables below a root.
///
/// Visits a table once for each run of equal entries that point to it: KASAN maps terabytes of shadow by tables
/// whose entries are all the same. No more tables are visited than the machine has page frames.
final class TableVisit {

    private static final int HALF = PageTables.ENTRIES / 2;
    private static final long UNKNOWN = -1;
    private static final int GIB_SHIFT = 30;

    private final PageTables tables;
    private final FrameVisitor visitor;
    private long visited;
    private long unreadable;
    private boolean user;
    private long imageOffset;

    /// Virtual minus physical address of the direct map, [#UNKNOWN] until its first page is met.
    private long directOffset = UNKNOWN;

    TableVisit(PageTables tables, FrameVisitor visitor) {
        this.tables = tables;
        this.visitor = visitor;
    }

    /// Tables, and pages mapped outside the direct map and the image.
    long kernelHalf(long rootTable, long imageOffset) throws IOException {
        this.imageOffset = imageOffset;
        visit(rootTable, 0, 0, HALF, PageTables.ENTRIES);
        return unreadable;
    }

    /// Tables, and all pages that they map.
    long userHalf(long rootTable) throws IOException {
        this.user = true;
        visit(rootTable, 0, 0, 0, HALF);
        return unreadable;
    }

    private void visit(long table, int depth, long base, int from, int to) throws IOException {
        countTable(table);
        visitor.frames(table >>> PageTables.PAGE_SHIFT, 1);
        long[] entries = tables.cache().entries(table);
        if (entries == null) {
            unreadable++;
            return;
        }
        int shift = tables.shiftAt(depth);
        for (int i = from; i < to; i++) {
            long entry = entries[i];
            long virtual = tables.canonical(base + ((long) i << shift));
            if (PageTables.isLeaf(entry, shift)) {
                leaf(virtual, tables.leafAddress(entry, shift), shift);
            } else if (PageTables.hasTable(entry, shift) && (i == from || entry != entries[i - 1])) {
                visit(tables.tableAddress(entry), depth + 1, virtual, 0, PageTables.ENTRIES);
            }
        }
    }

    private void countTable(long table) throws DumpException {
        if (++visited > tables.memory().endPfn() + PageTables.ENTRIES) {
            throw new DumpException("the page tables are damaged: more tables hang together than the machine has page"
                    + " frames, the last one at physical address " + Hex.of(table));
        }
    }

    /// Each page of a user counts. In the kernel's half the direct map comes first in the kernel's half and begins with
    /// physical address 0 at a multiple of 1 GiB.
    /// Its pages and those of the image are the ones whose address is an offset away from the physical one.
    private void leaf(long virtual, long physical, int shift) {
        long offset = virtual - physical;
        if (!user && directOffset == UNKNOWN && (offset & ((1L << GIB_SHIFT) - 1)) == 0) {
            directOffset = offset;
        }
        if (user || (offset != directOffset && offset != imageOffset)) {
            visitor.frames(physical >>> PageTables.PAGE_SHIFT, 1L << (shift - PageTables.PAGE_SHIFT));
        }
    }
}
