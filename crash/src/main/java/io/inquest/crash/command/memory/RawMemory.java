package io.inquest.crash.command.memory;

import io.inquest.crash.command.Invocation;
import io.inquest.crash.result.Result;
import io.inquest.kernel.AddressSpace;
import io.inquest.kernel.object.KernelObject;
import java.io.IOException;

/// Memory behind typed objects, for commands that show those.
public final class RawMemory {

    private static final int WORD_BYTES = 8;

    private RawMemory() {}

    /// The memory of the current task.
    public static AddressSpace userSpace(Invocation invocation) throws IOException {
        return Source.user(invocation).space();
    }

    /// The bytes of an object as `rd` shows them.
    public static Result words(Invocation invocation, KernelObject object) {
        Source source = new Source(object.space(), MemoryKind.KERNEL);
        MemoryRows rows = new MemoryRows(
                source, WORD_BYTES, invocation.kernel().machine().order(), Cells.hexadecimal(WORD_BYTES), true);
        return rows.from(object.address(), Math.ceilDiv(object.bytes(), WORD_BYTES));
    }

    /// Throws a [io.inquest.dump.MemoryFault] in crash's words when not even the first byte is there.
    public static void requireReadable(KernelObject object) throws IOException {
        new Source(object.space(), MemoryKind.KERNEL).read(object.address(), 1, "gdb_readmem_callback");
    }
}
