package io.inquest.dump;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalInt;

/// The memory of a dump as it is; what shows some of it otherwise overrides what it changes.
public abstract class DelegatingMemory implements PhysicalMemory {

    private final PhysicalMemory memory;

    protected DelegatingMemory(PhysicalMemory memory) {
        this.memory = memory;
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

    @Override
    public void readPages(long pfn, int count, ByteBuffer target, PageState[] states) throws IOException {
        memory.readPages(pfn, count, target, states);
    }

    @Override
    public void read(long physicalAddress, ByteBuffer target) throws IOException {
        memory.read(physicalAddress, target);
    }
}
