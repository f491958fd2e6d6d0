package io.inquest.kernel;

import io.inquest.dump.DelegatingDump;
import io.inquest.dump.DelegatingMemory;
import io.inquest.dump.Dump;
import io.inquest.dump.MemoryFault;
import io.inquest.dump.PageState;
import io.inquest.dump.PhysicalMemory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Set;

/// A dump without some of its pages, as if the filter had left them out.
public final class HoledDump extends DelegatingDump {

    /// `excluded` holds frame numbers; may be added to.
    public HoledDump(Dump whole, Set<Long> excluded) {
        super(whole, new Holed(whole.memory(), excluded));
    }

    private static final class Holed extends DelegatingMemory {

        private final Set<Long> excluded;

        Holed(PhysicalMemory whole, Set<Long> excluded) {
            super(whole);
            this.excluded = excluded;
        }

        @Override
        public PageState state(long pfn) {
            return excluded.contains(pfn) ? PageState.EXCLUDED : super.state(pfn);
        }

        @Override
        public long alikeUntil(long pfn) {
            return pfn + 1;
        }

        @Override
        public void readPages(long pfn, int count, ByteBuffer target, PageState[] states) throws IOException {
            int start = target.position();
            super.readPages(pfn, count, target, states);
            for (int i = 0; i < count; i++) {
                if (excluded.contains(pfn + i)) {
                    states[i] = PageState.EXCLUDED;
                    target.put(start + i * pageBytes(), new byte[pageBytes()]);
                }
            }
        }

        @Override
        public void read(long physicalAddress, ByteBuffer target) throws IOException {
            long last = (physicalAddress + Math.max(target.remaining(), 1) - 1) >>> pageShift();
            for (long pfn = physicalAddress >>> pageShift(); pfn <= last; pfn++) {
                if (excluded.contains(pfn)) {
                    throw new MemoryFault(
                            pfn << pageShift(), PageState.EXCLUDED, "page " + Hex.of(pfn) + " is excluded");
                }
            }
            super.read(physicalAddress, target);
        }
    }
}
