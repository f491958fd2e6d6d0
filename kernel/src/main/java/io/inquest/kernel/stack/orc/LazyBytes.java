package io.inquest.kernel.stack.orc;

import io.inquest.dump.MemoryFault;
import io.inquest.dump.PageState;
import io.inquest.kernel.AddressSpace;
import io.inquest.kernel.Hex;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReferenceArray;

/// A table in memory of which a look-up needs few places: its pages are read when they are first asked for, and
/// kept.
///
/// Safe for many threads.
final class LazyBytes {

    private static final int SHIFT = 12;
    private static final int PAGE = 1 << SHIFT;

    private final AddressSpace space;
    private final long start;
    private final long bytes;
    private final long firstPage;
    private final AtomicReferenceArray<ByteBuffer> pages;

    LazyBytes(AddressSpace space, long start, int bytes) {
        this.space = space;
        this.start = start;
        this.bytes = bytes;
        this.firstPage = start >>> SHIFT;
        this.pages = new AtomicReferenceArray<>((int) (((start + bytes + PAGE - 1) >>> SHIFT) - firstPage));
    }

    /// The 4 bytes at that offset, which is a multiple of 4 in a table that is aligned so.
    int intAt(long offset) {
        long at = checked(offset, Integer.BYTES);
        int within = (int) at & PAGE - 1;
        if (within <= PAGE - Integer.BYTES) {
            return page(at).getInt(within);
        }
        ByteBuffer both = ByteBuffer.allocate(Integer.BYTES).order(space.order());
        for (int i = 0; i < Integer.BYTES; i++) {
            both.put(page(at + i).get((int) (at + i) & PAGE - 1));
        }
        return both.getInt(0);
    }

    /// The 2 bytes at that offset.
    short shortAt(long offset) {
        long at = checked(offset, Short.BYTES);
        int within = (int) at & PAGE - 1;
        if (within <= PAGE - Short.BYTES) {
            return page(at).getShort(within);
        }
        byte low = page(at).get(within);
        byte high = page(at + 1).get(0);
        return ByteBuffer.allocate(Short.BYTES)
                .order(space.order())
                .put(low)
                .put(high)
                .getShort(0);
    }

    private long checked(long offset, int size) {
        if (offset < 0 || offset > bytes - size) {
            throw new MemoryFault(
                    start + offset, PageState.ABSENT, "no byte " + offset + " in a table of " + bytes + " bytes");
        }
        return start + offset;
    }

    private ByteBuffer page(long address) {
        int index = (int) ((address >>> SHIFT) - firstPage);
        ByteBuffer page = pages.get(index);
        if (page == null) {
            page = read(address & -PAGE);
            pages.set(index, page);
        }
        return page;
    }

    private ByteBuffer read(long address) {
        ByteBuffer page = ByteBuffer.allocate(PAGE).order(space.order());
        try {
            space.read(address, page);
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot read a table at " + Hex.of(address), failed);
        }
        return page.flip().order(space.order());
    }
}
