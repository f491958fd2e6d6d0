package io.inquest.kernel;

import io.inquest.dump.MemoryFault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Walks page tables, and asks the dump's program headers where a table is lost. What the tables say is not
/// mapped stays unreadable.
final class FallbackSpace implements AddressSpace {

    private final AddressSpace tables;
    private final SegmentSpace segments;

    FallbackSpace(AddressSpace tables, SegmentSpace segments) {
        this.tables = tables;
        this.segments = segments;
    }

    @Override
    public ByteOrder order() {
        return tables.order();
    }

    @Override
    public int wordBytes() {
        return tables.wordBytes();
    }

    @Override
    public Mapping translate(long virtualAddress, long bytes) throws IOException {
        Mapping walked = tables.translate(virtualAddress, bytes);
        if (walked instanceof Mapping.TableUnreadable
                && segments.translate(virtualAddress, bytes) instanceof Mapping.Mapped mapped) {
            return mapped;
        }
        return walked;
    }

    @Override
    public void read(long virtualAddress, ByteBuffer target) throws IOException {
        int start = target.position();
        int limit = target.limit();
        try {
            tables.read(virtualAddress, target);
        } catch (MemoryFault fault) {
            target.limit(limit).position(start);
            boolean tableLost = tables.translate(fault.address(), 1) instanceof Mapping.TableUnreadable;
            if (!tableLost || !readBySegments(virtualAddress, target)) {
                throw fault;
            }
        }
    }

    private boolean readBySegments(long virtualAddress, ByteBuffer target) throws IOException {
        try {
            segments.read(virtualAddress, target);
            return true;
        } catch (MemoryFault alsoFaulted) {
            return false;
        }
    }
}
