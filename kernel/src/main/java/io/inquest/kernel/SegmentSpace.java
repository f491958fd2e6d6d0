package io.inquest.kernel;

import io.inquest.dump.Machine;
import io.inquest.dump.MemoryFault;
import io.inquest.dump.PageState;
import io.inquest.dump.PhysicalMemory;
import io.inquest.dump.PhysicalSegment;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The kernel's direct map and image as the dump's program headers give them, for when page tables cannot be
/// walked.
///
/// Enough to save the log; knows nothing of vmalloc, modules and vmemmap.
final class SegmentSpace implements AddressSpace {

    private final Machine machine;
    private final PhysicalMemory memory;

    SegmentSpace(Machine machine, PhysicalMemory memory) {
        this.machine = machine;
        this.memory = memory;
    }

    @Override
    public ByteOrder order() {
        return machine.order();
    }

    @Override
    public int wordBytes() {
        return machine.wordBytes();
    }

    @Override
    public Mapping translate(long virtualAddress, long bytes) {
        PhysicalSegment segment = segmentOf(virtualAddress);
        if (segment == null) {
            return new Mapping.NotPresent(virtualAddress, 1, List.of());
        }
        long into = virtualAddress - segment.virtualAddress();
        long run = Math.min(bytes, segment.memoryBytes() - into);
        return new Mapping.Mapped(virtualAddress, segment.physicalAddress() + into, run, List.of());
    }

    private @Nullable PhysicalSegment segmentOf(long virtualAddress) {
        for (PhysicalSegment segment : memory.segments()) {
            long into = virtualAddress - segment.virtualAddress();
            boolean covers = Long.compareUnsigned(into, segment.memoryBytes()) < 0;
            // A virtual address of 0 is what programs write that know none (QEMU, old kexec).
            if (covers && segment.virtualAddress() != 0 && segment.hasPhysicalAddress()) {
                return segment;
            }
        }
        return null;
    }

    @Override
    public void read(long virtualAddress, ByteBuffer target) throws IOException {
        int limit = target.limit();
        long at = virtualAddress;
        while (target.hasRemaining()) {
            if (!(translate(at, target.remaining()) instanceof Mapping.Mapped mapped)) {
                throw new MemoryFault(
                        at,
                        PageState.ABSENT,
                        "virtual address " + Hex.of(at) + " cannot be read: no PT_LOAD of the dump covers it");
            }
            target.limit(target.position() + (int) mapped.bytes());
            memory.read(mapped.to(), target);
            target.limit(limit);
            at += mapped.bytes();
        }
    }
}
