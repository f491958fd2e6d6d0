package io.inquest.fuzz;

import io.inquest.dump.DelegatingMemory;
import io.inquest.dump.PageState;
import io.inquest.dump.PhysicalMemory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/// The pages of a dump that some questions need: changes elsewhere would tell nothing.
final class ReadPages {

    private static final int PAGE_SHIFT = 12;
    private static final int PAGE_BYTES = 1 << PAGE_SHIFT;

    private final List<Long> pfns;

    private ReadPages(SortedSet<Long> pfns) {
        this.pfns = new ArrayList<>(pfns);
    }

    /// Memory as it is, but for the [Patches] of `input`, as if these pages lay one after the other.
    PhysicalMemory changed(PhysicalMemory memory, byte[] input) throws IOException {
        Map<Long, byte[]> changed = new HashMap<>();
        Patches.each(input, pfns.size() << PAGE_SHIFT, (at, flips, value) -> {
            byte[] page = changed.computeIfAbsent(pfns.get(at >>> PAGE_SHIFT), pfn -> page(memory, pfn));
            int in = at & (PAGE_BYTES - 1);
            page[in] = (byte) (flips ? page[in] ^ value : value);
        });
        return new Changed(memory, changed);
    }

    private static byte[] page(PhysicalMemory memory, long pfn) {
        ByteBuffer page = ByteBuffer.allocate(PAGE_BYTES);
        try {
            memory.readPages(pfn, 1, page, new PageState[1]);
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
        return page.array();
    }

    /// Remembers which pages are read.
    static final class Recorder extends DelegatingMemory {

        private final SortedSet<Long> pfns = new TreeSet<>();

        Recorder(PhysicalMemory memory) {
            super(memory);
        }

        synchronized ReadPages pages() {
            return new ReadPages(pfns);
        }

        private synchronized void add(long pfn) {
            if (state(pfn) == PageState.STORED) {
                pfns.add(pfn);
            }
        }

        @Override
        public void readPages(long pfn, int count, ByteBuffer target, PageState[] states) throws IOException {
            for (int i = 0; i < count; i++) {
                add(pfn + i);
            }
            super.readPages(pfn, count, target, states);
        }

        @Override
        public void read(long physicalAddress, ByteBuffer target) throws IOException {
            long last = (physicalAddress + Math.max(0, target.remaining() - 1)) >>> PAGE_SHIFT;
            for (long pfn = physicalAddress >>> PAGE_SHIFT; pfn <= last; pfn++) {
                add(pfn);
            }
            super.read(physicalAddress, target);
        }
    }

    /// Memory with some pages of its own.
    private static final class Changed extends DelegatingMemory {

        private final Map<Long, byte[]> changed;

        Changed(PhysicalMemory memory, Map<Long, byte[]> changed) {
            super(memory);
            this.changed = changed;
        }

        @Override
        public void readPages(long pfn, int count, ByteBuffer target, PageState[] states) throws IOException {
            int start = target.position();
            super.readPages(pfn, count, target, states);
            for (int i = 0; i < count; i++) {
                byte[] page = changed.get(pfn + i);
                if (page != null) {
                    target.put(start + i * PAGE_BYTES, page);
                }
            }
        }

        @Override
        public void read(long physicalAddress, ByteBuffer target) throws IOException {
            int start = target.position();
            super.read(physicalAddress, target);
            for (int at = start; at < target.position(); ) {
                long address = physicalAddress + at - start;
                int in = (int) address & (PAGE_BYTES - 1);
                int bytes = Math.min(PAGE_BYTES - in, target.position() - at);
                byte[] page = changed.get(address >>> PAGE_SHIFT);
                if (page != null) {
                    target.put(at, page, in, bytes);
                }
                at += bytes;
            }
        }
    }
}
