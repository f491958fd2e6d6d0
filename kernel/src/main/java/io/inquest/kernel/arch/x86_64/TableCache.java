package io.inquest.kernel.arch.x86_64;

import io.inquest.dump.PageState;
import io.inquest.dump.PhysicalMemory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// Tables of 512 entries by physical address, the last few of them kept: at most 2 MiB.
///
/// Each frame has one slot. Threads that race for a slot may read a table twice, never see half of one.
final class TableCache {

    private static final int SLOTS = 512;

    private static final class Table {
        final long address;
        final long[] entries;

        Table(long address, long[] entries) {
            this.address = address;
            this.entries = entries;
        }
    }

    private final AtomicReferenceArray<@Nullable Table> slots = new AtomicReferenceArray<>(SLOTS);
    private final PhysicalMemory memory;

    TableCache(PhysicalMemory memory) {
        this.memory = memory;
    }

    /// The entries of the table at `address`, which nobody may change; null if its frame cannot be read.
    long @Nullable [] entries(long address) throws IOException {
        long pfn = address >>> PageTables.PAGE_SHIFT;
        int slot = (int) (pfn ^ pfn >>> 9) & SLOTS - 1;
        Table table = slots.get(slot);
        if (table == null || table.address != address) {
            long[] entries = read(pfn);
            if (entries == null) {
                return null;
            }
            table = new Table(address, entries);
            slots.set(slot, table);
        }
        return table.entries;
    }

    private long @Nullable [] read(long pfn) throws IOException {
        if (pfn >= memory.endPfn()) {
            return null;
        }
        ByteBuffer page = ByteBuffer.allocate(PageTables.TABLE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        PageState[] state = new PageState[1];
        memory.readPages(pfn, 1, page, state);
        if (!state[0].readable()) {
            return null;
        }
        long[] entries = new long[PageTables.ENTRIES];
        page.flip().asLongBuffer().get(entries);
        return entries;
    }

    /// Why [#entries] found nothing.
    PageState state(long address) {
        long pfn = address >>> PageTables.PAGE_SHIFT;
        return pfn < memory.endPfn() ? memory.state(pfn) : PageState.ABSENT;
    }
}
