package io.inquest.kernel;

import io.inquest.dump.Completeness;
import io.inquest.dump.Dump;
import io.inquest.dump.DumpHeader;
import io.inquest.dump.Machine;
import io.inquest.dump.MemoryFault;
import io.inquest.dump.Note;
import io.inquest.dump.PageBitmap;
import io.inquest.dump.PageState;
import io.inquest.dump.PhysicalMemory;
import io.inquest.dump.PhysicalSegment;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/// A dump without some of its pages, as if the filter had left them out.
///
/// @param excluded frame numbers; may be added to
public record HoledDump(Dump whole, Set<Long> excluded) implements Dump {

    @Override
    public String name() {
        return whole.name();
    }

    @Override
    public Machine machine() {
        return whole.machine();
    }

    @Override
    public PhysicalMemory memory() {
        return new Holed(whole.memory(), excluded);
    }

    @Override
    public List<Note> notes() {
        return whole.notes();
    }

    @Override
    public DumpHeader header() {
        return whole.header();
    }

    @Override
    public Completeness completeness() {
        return whole.completeness();
    }

    @Override
    public void close() throws IOException {
        whole.close();
    }

    private record Holed(PhysicalMemory whole, Set<Long> excluded) implements PhysicalMemory {

        @Override
        public int pageShift() {
            return whole.pageShift();
        }

        @Override
        public long endPfn() {
            return whole.endPfn();
        }

        @Override
        public List<PhysicalSegment> segments() {
            return whole.segments();
        }

        @Override
        public PageState state(long pfn) {
            return excluded.contains(pfn) ? PageState.EXCLUDED : whole.state(pfn);
        }

        @Override
        public OptionalInt exclusionCode(long pfn) {
            return whole.exclusionCode(pfn);
        }

        @Override
        public void markExisting(PageBitmap window) throws IOException {
            whole.markExisting(window);
        }

        @Override
        public void markStored(PageBitmap window) throws IOException {
            whole.markStored(window);
        }

        @Override
        public void readPages(long pfn, int count, ByteBuffer target, PageState[] states) throws IOException {
            int start = target.position();
            whole.readPages(pfn, count, target, states);
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
            whole.read(physicalAddress, target);
        }
    }
}
