package io.inquest.kernel;

import io.inquest.dump.MemoryFault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Walks page tables, and counts where a table is lost. What the tables say is not mapped stays unreadable.
final class FallbackSpace implements AddressSpace {

    private final AddressSpace tables;
    private final LinearSpace linear;

    FallbackSpace(AddressSpace tables, LinearSpace linear) {
        this.tables = tables;
        this.linear = linear;
    }

    AddressSpace tables() {
        return tables;
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
                && linear.translate(virtualAddress, bytes) instanceof Mapping.Mapped mapped) {
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
            if (!(tables.translate(fault.address(), 1) instanceof Mapping.TableUnreadable)
                    || !(linear.translate(virtualAddress, 1) instanceof Mapping.Mapped)) {
                throw fault;
            }
            linear.read(virtualAddress, target);
        }
    }
}
