package io.inquest.kernel;

import io.inquest.dump.MemoryFault;
import io.inquest.dump.PageState;
import io.inquest.testkit.SyntheticMemory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/// Virtual memory without page tables, for parts that only read: any byte order and word size.
public record FlatSpace(SyntheticMemory memory, int wordBytes) implements AddressSpace {

    @Override
    public ByteOrder order() {
        return memory.order();
    }

    @Override
    public Mapping translate(long virtualAddress, long bytes) {
        return new Mapping.Mapped(virtualAddress, virtualAddress, bytes, List.of());
    }

    @Override
    public void read(long virtualAddress, ByteBuffer target) {
        long at = virtualAddress;
        while (target.hasRemaining()) {
            byte[] page = memory.pages().get(at >>> 12);
            if (page == null) {
                throw new MemoryFault(at, PageState.ABSENT, "no page at " + Hex.of(at));
            }
            int offset = (int) at & 4095;
            int bytes = Math.min(4096 - offset, target.remaining());
            target.put(page, offset, bytes);
            at += bytes;
        }
    }
}
