package io.inquest.crash.command.memory;

import io.inquest.dump.Machine;
import io.inquest.dump.PhysicalMemory;
import io.inquest.kernel.AddressSpace;
import io.inquest.kernel.Mapping;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/// Physical memory read as if each address were mapped to itself.
record PhysicalSpace(Machine machine, PhysicalMemory memory) implements AddressSpace {

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
        return new Mapping.Mapped(virtualAddress, virtualAddress, bytes, List.of());
    }

    @Override
    public void read(long virtualAddress, ByteBuffer target) throws IOException {
        memory.read(virtualAddress, target);
    }
}
