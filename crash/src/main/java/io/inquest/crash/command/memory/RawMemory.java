package io.inquest.crash.command.memory;

import io.inquest.crash.command.Invocation;
import io.inquest.crash.result.Result;
import io.inquest.kernel.AddressSpace;
import io.inquest.kernel.object.KernelObject;
import java.io.IOException;
import java.nio.ByteOrder;

/// The memory that a command about types reads, and what it says when that is not there.
///
/// @param source where objects are read
/// @param order in which the bytes of a unit are taken
public record RawMemory(Source source, ByteOrder order) {

    /// The kernel's memory; or that of the current task; or the dump file itself, whose addresses are offsets.
    public static RawMemory of(Invocation invocation, boolean user, boolean file) throws IOException {
        Source source =
                file ? Source.file(invocation) : user ? Source.user(invocation) : Source.kernel(invocation.kernel());
        return new RawMemory(source, invocation.kernel().machine().order());
    }

    public AddressSpace space() {
        return source.space();
    }

    /// The bytes of an object as `rd` shows them; an object of less than a word as one unit.
    public Result words(KernelObject object) {
        int unit = (int) Math.min(Long.highestOneBit(Math.max(1, object.bytes())), Long.BYTES);
        return new MemoryRows(source, unit, order, Cells.hexadecimal(unit), true)
                .from(object.address(), Math.ceilDiv(object.bytes(), unit));
    }

    /// Throws a [io.inquest.dump.MemoryFault] in crash's words when not even the first byte is there.
    public void requireReadable(KernelObject object) throws IOException {
        source.read(object.address(), 1, "gdb_readmem_callback");
    }
}
