package io.inquest.kernel.log;

import io.inquest.dump.DumpException;
import io.inquest.dump.MemoryFault;
import io.inquest.kernel.AddressSpace;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.VmcoreInfo;
import java.io.IOException;

/// The kernel's log buffer (`dmesg`), in the shape that its kernel gave it.
///
/// | Shape       | Kernels   | Told by         |
/// |-------------|-----------|-----------------|
/// | [RingLog]   | from 5.10 | `SYMBOL(prb)`   |
/// | [RecordLog] | 3.5 – 5.9 | `SYMBOL(log_first_idx)` |
/// | [PlainLog]  | until 3.4 | `SYMBOL(log_end)` |
public sealed interface KernelLog permits PlainLog, RecordLog, RingLog {

    /// Finds the log by the keys that vmcoreinfo has, whatever the kernel's version.
    ///
    /// Throws a [DumpException] when keys are missing or the memory that describes the buffer cannot be read.
    static KernelLog open(Kernel kernel) throws IOException {
        VmcoreInfo info = kernel.vmcoreInfo();
        AddressSpace space = kernel.space();
        try {
            if (info.symbol("prb").isPresent()) {
                return RingLog.open(space, info);
            }
            if (info.symbol("log_first_idx").isPresent()) {
                return RecordLog.open(space, info);
            }
            if (info.symbol("log_end").isPresent()) {
                return PlainLog.open(space, info);
            }
        } catch (MemoryFault fault) {
            throw new DumpException("the log's description cannot be read: " + fault.getMessage(), fault);
        }
        throw new DumpException("vmcoreinfo does not say where the log is: it has none of SYMBOL(prb),"
                + " SYMBOL(log_first_idx) and SYMBOL(log_end)");
    }

    /// Hands the records to `visitor`, oldest first. An IOException is the input's or the visitor's.
    LogEnd visit(LogRange range, LogVisitor visitor) throws IOException;

    /// Whether records say which task or CPU wrote them.
    boolean recordsCaller();

    /// Whether it is known that the kernel shows callers in its own output (`CONFIG_PRINTK_CALLER`). Kernels
    /// from 5.10 on always record them and do not say whether they show them: then the answer is no.
    boolean showsCaller();

    /// Whether the kernel keeps the mark that [LogRange#SINCE_CLEAR] needs.
    boolean marksClear();
}
