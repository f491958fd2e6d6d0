package io.inquest.crash.report.dump;

import io.inquest.dump.DelegatingMemory;
import io.inquest.dump.PageState;
import io.inquest.dump.PhysicalMemory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/// The memory of a dump in which some bytes were changed.
final class PatchedMemory extends DelegatingMemory {

    private final Map<Long, Byte> bytes = new HashMap<>();

    PatchedMemory(PhysicalMemory memory) {
        super(memory);
    }

    /// Puts a value at a physical address, lowest byte first.
    void put(long address, long value, int count) {
        for (int i = 0; i < count; i++) {
            bytes.put(address + i, (byte) (value >>> (i * Byte.SIZE)));
        }
    }

    @Override
    public void readPages(long pfn, int count, ByteBuffer target, PageState[] states) throws IOException {
        int from = target.position();
        super.readPages(pfn, count, target, states);
        patch(pfn << pageShift(), target, from);
    }

    @Override
    public void read(long physicalAddress, ByteBuffer target) throws IOException {
        int from = target.position();
        super.read(physicalAddress, target);
        patch(physicalAddress, target, from);
    }

    private void patch(long address, ByteBuffer target, int from) {
        bytes.forEach((at, value) -> {
            if (at >= address && at < address + target.position() - from) {
                target.put((int) (from + at - address), value);
            }
        });
    }
}
