package io.inquest.crash.command.kmem;

import io.inquest.crash.command.memory.PageFlagNames;
import io.inquest.crash.result.Ending;
import io.inquest.dump.MemoryFault;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.object.KernelObject;
import io.inquest.kernel.type.StructType;
import java.io.IOException;

/// Pages with more than one user: those whose count is above 1, but for the reserved ones, which nobody frees.
///
/// @param count how many there are
/// @param lost struct pages that the dump does not have
record SharedPages(long count, long lost) {

    static SharedPages of(Kernel kernel) throws IOException {
        StructType page = kernel.types().struct("page");
        long reserved = PageFlagNames.of(kernel.types()).bit("PG_reserved");
        int bytes = kernel.pageMap().structPageBytes();
        long[] found = new long[2];
        kernel.pageMap().visitStructPages(kernel.memory().endPfn(), (from, end, address) -> {
            for (long pfn = from; pfn < end; pfn++) {
                KernelObject struct = KernelObject.at(kernel.space(), page, address + (pfn - from) * bytes);
                try {
                    found[0] += isShared(struct, reserved) ? 1 : 0;
                } catch (MemoryFault missing) {
                    found[1]++;
                }
            }
        });
        return new SharedPages(found[0], found[1]);
    }

    private static boolean isShared(KernelObject page, long reserved) {
        KernelObject flags = page.member("flags");
        return page.firstOf("_refcount.counter", "_count.counter").intValue() > 1
                && (flags.find("f").orElse(flags).unsigned() & reserved) == 0;
    }

    Ending ending() {
        return lost == 0
                ? Ending.COMPLETE
                : Ending.incomplete("SHARED is too low: " + lost + " struct pages are not in the dump");
    }
}
