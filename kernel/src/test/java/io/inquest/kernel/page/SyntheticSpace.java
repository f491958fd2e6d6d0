package io.inquest.kernel.page;

import io.inquest.dump.DumpException;
import io.inquest.dump.MemoryFault;
import io.inquest.dump.PageState;
import io.inquest.kernel.AddressSpace;
import io.inquest.kernel.Mapping;
import io.inquest.kernel.arch.FrameVisitor;
import io.inquest.kernel.arch.KernelSpace;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Kernel memory made of byte arrays at virtual addresses, without page tables.
final class SyntheticSpace implements KernelSpace {

    private final int wordBytes;
    private final ByteOrder order;
    private final TreeMap<Long, byte[]> regions = new TreeMap<>(Long::compareUnsigned);
    private final List<long[]> holes = new ArrayList<>();
    private final List<long[]> ownFrames = new ArrayList<>();
    private final Map<Long, Long> frames = new TreeMap<>();
    private String damage = "";
    private int reads;

    SyntheticSpace(int wordBytes, ByteOrder order) {
        this.wordBytes = wordBytes;
        this.order = order;
    }

    SyntheticSpace put(long address, byte[] bytes) {
        regions.put(address, bytes);
        return this;
    }

    /// Words, one after the other.
    SyntheticSpace words(long address, long... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * wordBytes).order(order);
        for (long value : values) {
            if (wordBytes == Long.BYTES) {
                bytes.putLong(value);
            } else {
                bytes.putInt((int) value);
            }
        }
        return put(address, bytes.array());
    }

    /// Makes a part of what is there unreadable.
    SyntheticSpace hole(long address, long bytes) {
        holes.add(new long[] {address, bytes});
        return this;
    }

    /// The page at an address lies in a page frame; other memory lies where it is.
    SyntheticSpace lies(long address, long pfn) {
        frames.put(address, pfn);
        return this;
    }

    /// Frames that the kernel maps or uses as page tables.
    SyntheticSpace owns(long firstPfn, long count) {
        ownFrames.add(new long[] {firstPfn, count});
        return this;
    }

    @Override
    public ByteOrder order() {
        return order;
    }

    @Override
    public int wordBytes() {
        return wordBytes;
    }

    @Override
    public Mapping translate(long virtualAddress, long bytes) {
        for (long[] hole : holes) {
            if (virtualAddress >= hole[0] && virtualAddress < hole[0] + hole[1]) {
                return new Mapping.NotPresent(
                        virtualAddress, Math.min(bytes, hole[0] + hole[1] - virtualAddress), List.of());
            }
        }
        Long frame = frames.get(virtualAddress);
        if (frame != null) {
            return new Mapping.Mapped(virtualAddress, frame << 12, Math.min(bytes, 4096), List.of());
        }
        Map.Entry<Long, byte[]> region = regions.floorEntry(virtualAddress);
        long rest = region == null ? 0 : region.getKey() + region.getValue().length - virtualAddress;
        return rest > 0
                ? new Mapping.Mapped(virtualAddress, virtualAddress, Math.min(bytes, rest), List.of())
                : new Mapping.NotPresent(virtualAddress, bytes, List.of());
    }

    /// How often [#read] was called.
    int reads() {
        return reads;
    }

    @Override
    public void read(long virtualAddress, ByteBuffer target) {
        reads++;
        long end = virtualAddress + target.remaining();
        for (long[] hole : holes) {
            if (virtualAddress < hole[0] + hole[1] && hole[0] < end) {
                throw new MemoryFault(hole[0], PageState.LOST, "0x" + Long.toHexString(hole[0]) + " is lost");
            }
        }
        Map.Entry<Long, byte[]> region = regions.floorEntry(virtualAddress);
        long offset = region == null ? -1 : virtualAddress - region.getKey();
        if (region == null || offset + target.remaining() > region.getValue().length) {
            throw new MemoryFault(
                    virtualAddress, PageState.ABSENT, "0x" + Long.toHexString(virtualAddress) + " is not mapped");
        }
        target.put(region.getValue(), (int) offset, target.remaining());
    }

    @Override
    public long rootTable() {
        return 0;
    }

    @Override
    public boolean isKernelAddress(long address) {
        return wordBytes == Long.BYTES ? address < 0 : address >= 0xc000_0000L;
    }

    @Override
    public AddressSpace userSpace(long rootTable) {
        return this;
    }

    /// The walk through the page tables fails.
    SyntheticSpace damaged(String reason) {
        damage = reason;
        return this;
    }

    @Override
    public long visitOwnFrames(FrameVisitor visitor) throws DumpException {
        if (!damage.isEmpty()) {
            throw new DumpException(damage);
        }
        ownFrames.forEach(run -> visitor.frames(run[0], run[1]));
        return 0;
    }

    @Override
    public long visitUserMemory(long rootTable, FrameVisitor visitor) {
        visitor.frames(rootTable, 1);
        return 0;
    }
}
