package io.inquest.makedumpfile.erase;

import io.inquest.dump.PageBitmap;
import io.inquest.dump.PageState;
import io.inquest.dump.PhysicalMemory;
import io.inquest.dump.PhysicalSegment;
import io.inquest.dump.StoredForm;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalInt;

/// The memory of a dump with some of it erased whenever it is read.
final class ErasedMemory implements PhysicalMemory {

    private final PhysicalMemory memory;
    private final Erasures erasures;

    ErasedMemory(PhysicalMemory memory, Erasures erasures) {
        this.memory = memory;
        this.erasures = erasures;
    }

    @Override
    public int pageShift() {
        return memory.pageShift();
    }

    @Override
    public long endPfn() {
        return memory.endPfn();
    }

    @Override
    public List<PhysicalSegment> segments() {
        return memory.segments();
    }

    @Override
    public PageState state(long pfn) {
        return memory.state(pfn);
    }

    @Override
    public OptionalInt exclusionCode(long pfn) {
        return memory.exclusionCode(pfn);
    }

    @Override
    public StoredForm storedForm(long pfn) {
        return memory.storedForm(pfn);
    }

    @Override
    public long alikeUntil(long pfn) {
        return memory.alikeUntil(pfn);
    }

    @Override
    public void markExisting(PageBitmap window) throws IOException {
        memory.markExisting(window);
    }

    @Override
    public void markStored(PageBitmap window) throws IOException {
        memory.markStored(window);
    }

    /// A frame that the dump knows to be zeros is not, once something of it is erased.
    @Override
    public void readPages(long pfn, int count, ByteBuffer target, PageState[] states) throws IOException {
        int start = target.position();
        memory.readPages(pfn, count, target, states);
        erasures.apply(pfn, count, target, start);
        for (int i = 0; i < count; i++) {
            if (states[i] == PageState.ZERO && erasures.concerns(pfn + i)) {
                states[i] = PageState.STORED;
            }
        }
    }

    @Override
    public void read(long physicalAddress, ByteBuffer target) throws IOException {
        int start = target.position();
        int bytes = target.remaining();
        memory.read(physicalAddress, target);
        erasures.applyTo(physicalAddress, target, start, bytes);
    }
}
