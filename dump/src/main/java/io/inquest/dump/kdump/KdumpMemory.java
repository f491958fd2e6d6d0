package io.inquest.dump.kdump;

import io.inquest.dump.MemoryFault;
import io.inquest.dump.PageBitmap;
import io.inquest.dump.PageState;
import io.inquest.dump.PfnRange;
import io.inquest.dump.PhysicalMemory;
import io.inquest.dump.PhysicalSegment;
import io.inquest.dump.StoredForm;
import io.inquest.dump.codec.Compression;
import io.inquest.dump.trailer.ExclusionCodes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReferenceArray;

/// The page frames of one kdump-compressed file.
final class KdumpMemory implements PhysicalMemory, AutoCloseable {

    /// Small reads come again and again to the same pages: 4 MiB of 4 KiB pages are kept.
    private static final int CACHED_BYTES = 4 << 20;

    /// From so many pages on a read goes around the cache.
    private static final int BULK_PAGES = 8;

    private final PageTable table;
    private final ExclusionCodes exclusionCodes;
    private final ConcurrentLinkedQueue<PageReader> idleReaders = new ConcurrentLinkedQueue<>();
    private final AtomicReferenceArray<CachedPage> cache;

    private record CachedPage(long pfn, PageState state, ByteBuffer bytes) {}

    /// `exclusionCodes` gives the recorded class of an excluded frame.
    KdumpMemory(PageTable table, ExclusionCodes exclusionCodes) {
        this.table = table;
        this.exclusionCodes = exclusionCodes;
        cache = new AtomicReferenceArray<>(CACHED_BYTES >>> table.pageShift());
    }

    @Override
    public int pageShift() {
        return table.pageShift();
    }

    @Override
    public long endPfn() {
        return table.endPfn();
    }

    @Override
    public List<PhysicalSegment> segments() {
        return List.of();
    }

    @Override
    public PageState state(long pfn) {
        try {
            return table.state(pfn);
        } catch (IOException unreadable) {
            return PageState.LOST;
        }
    }

    @Override
    public OptionalInt exclusionCode(long pfn) {
        return state(pfn) == PageState.EXCLUDED ? exclusionCodes.exclusionCode(pfn) : OptionalInt.empty();
    }

    @Override
    public StoredForm storedForm(long pfn) {
        try {
            return table.storedForm(pfn);
        } catch (IOException unreadable) {
            return new StoredForm(Compression.NONE, 0);
        }
    }

    @Override
    public long alikeUntil(long pfn) {
        try {
            long end = table.alikeUntil(pfn);
            return Math.max(pfn + 1, Math.min(end, exclusionCodes.sameCodeUntil(pfn)));
        } catch (IOException unreadable) {
            return pfn + 1;
        }
    }

    @Override
    public void markExisting(PageBitmap window) throws IOException {
        table.existing().mark(window, 0, endPfn());
    }

    @Override
    public void markStored(PageBitmap window) throws IOException {
        PfnRange here = table.range();
        table.stored().mark(window, here.startPfn(), here.endPfn());
    }

    @Override
    public void readPages(long pfn, int count, ByteBuffer target, PageState[] states) throws IOException {
        PageReader reader = idleReaders.poll();
        if (reader == null) {
            reader = new PageReader(table);
        }
        try {
            reader.read(pfn, count, target, states);
        } finally {
            idleReaders.add(reader);
        }
    }

    @Override
    public void read(long physicalAddress, ByteBuffer target) throws IOException {
        long at = physicalAddress;
        while (target.hasRemaining()) {
            int offset = (int) (at & (pageBytes() - 1));
            long pfn = at >>> pageShift();
            int pages = target.remaining() >>> pageShift();
            if (offset == 0 && pages >= BULK_PAGES) {
                at += readBulk(pfn, pages, target);
                continue;
            }
            CachedPage page = cached(pfn);
            if (!page.state.readable()) {
                throw fault(at, page.state);
            }
            int length = Math.min(target.remaining(), pageBytes() - offset);
            target.put(target.position(), page.bytes, offset, length);
            target.position(target.position() + length);
            at += length;
        }
    }

    private long readBulk(long pfn, int pages, ByteBuffer target) throws IOException {
        PageState[] states = new PageState[pages];
        readPages(pfn, pages, target, states);
        for (int i = 0; i < pages; i++) {
            if (!states[i].readable()) {
                throw fault((pfn + i) << pageShift(), states[i]);
            }
        }
        return (long) pages << pageShift();
    }

    private CachedPage cached(long pfn) throws IOException {
        int slot = (int) (pfn % cache.length());
        CachedPage page = cache.get(slot);
        if (page == null || page.pfn != pfn) {
            ByteBuffer bytes = ByteBuffer.allocate(pageBytes());
            PageState[] states = new PageState[1];
            readPages(pfn, 1, bytes, states);
            page = new CachedPage(pfn, states[0], bytes);
            cache.set(slot, page);
        }
        return page;
    }

    private MemoryFault fault(long address, PageState state) {
        long pfn = address >>> pageShift();
        String why = switch (state) {
            case EXCLUDED -> " was excluded by the dump filter";
            case ABSENT -> " is not memory of the machine";
            case LOST, STORED, ZERO ->
                table.range().contains(pfn)
                        ? " is lost: the dump is incomplete or damaged there"
                        : " is in another part of the split set";
        };
        return new MemoryFault(address, state, table.name() + ": page frame 0x" + Long.toHexString(pfn) + why);
    }

    @Override
    public void close() {
        for (PageReader reader = idleReaders.poll(); reader != null; reader = idleReaders.poll()) {
            reader.close();
        }
    }
}
