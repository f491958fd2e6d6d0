package io.inquest.kernel.arch.x86_64;

import io.inquest.dump.MemoryFault;
import io.inquest.kernel.AddressSpace;
import io.inquest.kernel.Hex;
import io.inquest.kernel.Mapping;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Virtual memory behind one root table.
class WalkedSpace implements AddressSpace {

    private final PageTables tables;
    private final long rootTable;

    WalkedSpace(PageTables tables, long rootTable) {
        this.tables = tables;
        this.rootTable = rootTable;
    }

    final PageTables tables() {
        return tables;
    }

    public final long rootTable() {
        return rootTable;
    }

    @Override
    public final ByteOrder order() {
        return ByteOrder.LITTLE_ENDIAN;
    }

    @Override
    public final int wordBytes() {
        return Long.BYTES;
    }

    @Override
    public final Mapping translate(long virtualAddress, long bytes) throws IOException {
        Walk walk = new Walk(tables.levels());
        tables.walk(rootTable, virtualAddress, walk);
        long run = walk.bytes();
        if (walk.isMapped() && run < bytes) {
            run = contiguousBytes(virtualAddress, walk.physical(), run, bytes);
        }
        return walk.toMapping(Math.min(run, bytes));
    }

    /// How far memory from `virtualAddress` on lies in one piece: at least `known` bytes, `wanted` are enough.
    private long contiguousBytes(long virtualAddress, long physical, long known, long wanted) throws IOException {
        Walk next = new Walk(tables.levels());
        long run = known;
        while (run < wanted) {
            tables.walk(rootTable, virtualAddress + run, next);
            if (!next.isMapped() || next.physical() != physical + run) {
                break;
            }
            run += next.bytes();
        }
        return run;
    }

    @Override
    public final void read(long virtualAddress, ByteBuffer target) throws IOException {
        Walk walk = new Walk(tables.levels());
        int limit = target.limit();
        long at = virtualAddress;
        while (target.hasRemaining()) {
            tables.walk(rootTable, at, walk);
            if (!walk.isMapped()) {
                throw new MemoryFault(
                        at, walk.state(), "virtual address " + Hex.of(at) + " cannot be read: " + walk.describeEnd());
            }
            long physical = walk.physical();
            long run = walk.bytes();
            if (run < target.remaining()) {
                run = contiguousBytes(at, physical, run, target.remaining());
            }
            int bytes = (int) Math.min(run, target.remaining());
            target.limit(target.position() + bytes);
            readPhysical(at, physical, target);
            target.limit(limit);
            at += bytes;
        }
    }

    private void readPhysical(long virtualAddress, long physical, ByteBuffer target) throws IOException {
        try {
            tables.memory().read(physical, target);
        } catch (MemoryFault fault) {
            long at = virtualAddress + (fault.address() - physical);
            throw new MemoryFault(
                    at,
                    fault.state(),
                    "virtual address " + Hex.of(at) + " (physical " + Hex.of(fault.address()) + ") cannot be read: "
                            + fault.getMessage());
        }
    }
}
