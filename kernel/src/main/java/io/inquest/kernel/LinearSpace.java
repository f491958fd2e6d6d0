package io.inquest.kernel;

import io.inquest.dump.Machine;
import io.inquest.dump.MemoryFault;
import io.inquest.dump.PageState;
import io.inquest.dump.PhysicalMemory;
import io.inquest.dump.PhysicalSegment;
import io.inquest.kernel.arch.LinearRange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The kernel's image and direct map by arithmetic, for when page tables cannot be walked.
///
/// Enough for the log, symbols, types and tasks; knows nothing of vmalloc, modules and vmemmap.
final class LinearSpace implements AddressSpace {

    private final Machine machine;
    private final PhysicalMemory memory;
    private final List<LinearRange> ranges;

    /// Of ranges that overlap the first one counts.
    LinearSpace(Machine machine, PhysicalMemory memory, List<LinearRange> ranges) {
        this.machine = machine;
        this.memory = memory;
        this.ranges = List.copyOf(ranges);
    }

    /// What the dump's program headers name.
    static List<LinearRange> segments(PhysicalMemory memory) {
        List<LinearRange> ranges = new ArrayList<>();
        for (PhysicalSegment segment : memory.segments()) {
            // A virtual address of 0 is what programs write that know none (QEMU, old kexec).
            if (segment.virtualAddress() != 0 && segment.hasPhysicalAddress()) {
                ranges.add(new LinearRange(segment.virtualAddress(), segment.physicalAddress(), segment.memoryBytes()));
            }
        }
        return ranges;
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
        LinearRange range = rangeOf(virtualAddress);
        if (range == null) {
            return new Mapping.NotPresent(virtualAddress, 1, List.of());
        }
        long left = range.bytes() - (virtualAddress - range.virtualAddress());
        long run = Long.compareUnsigned(bytes, left) < 0 ? bytes : left;
        return new Mapping.Mapped(virtualAddress, range.physical(virtualAddress), run, List.of());
    }

    private @Nullable LinearRange rangeOf(long virtualAddress) {
        for (LinearRange range : ranges) {
            if (range.contains(virtualAddress)) {
                return range;
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
                        "virtual address " + Hex.of(at)
                                + " cannot be read: it is neither in the kernel image nor in a PT_LOAD of the dump");
            }
            target.limit(target.position() + (int) mapped.bytes());
            readPhysical(mapped, target);
            target.limit(limit);
            at += mapped.bytes();
        }
    }

    private void readPhysical(Mapping.Mapped run, ByteBuffer target) throws IOException {
        try {
            memory.read(run.to(), target);
        } catch (MemoryFault fault) {
            long at = run.from() + (fault.address() - run.to());
            throw new MemoryFault(
                    at, fault.state(), "virtual address " + Hex.of(at) + " cannot be read: " + fault.getMessage());
        }
    }
}
