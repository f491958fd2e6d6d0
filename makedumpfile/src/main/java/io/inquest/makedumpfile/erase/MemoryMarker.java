package io.inquest.makedumpfile.erase;

import io.inquest.kernel.Kernel;
import io.inquest.kernel.Mapping;
import java.io.IOException;

/// Marks memory of the kernel, by virtual address, for erasing.
final class MemoryMarker {

    private final Kernel kernel;
    private final Erasures erasures;

    MemoryMarker(Kernel kernel, Erasures erasures) {
        this.kernel = kernel;
        this.erasures = erasures;
    }

    /// Marks the bytes from an address on; where the kernel has no memory there is nothing to erase.
    ///
    /// Throws an [UnfollowedRule] when it has none there at all, as at an address of a process, or when nobody can
    /// tell, since page tables are not in the dump.
    void mark(long address, long bytes, boolean nullify) throws IOException, UnfollowedRule {
        boolean found = false;
        long at = address;
        long left = bytes;
        while (left > 0) {
            Mapping mapping = kernel.space().translate(at, left);
            if (mapping instanceof Mapping.TableUnreadable lost) {
                throw new UnfollowedRule("memory at 0x" + Long.toHexString(at) + " cannot be found: " + lost.reason());
            }
            long run = Math.min(mapping.bytes(), left);
            if (run <= 0) {
                break;
            }
            if (mapping instanceof Mapping.Mapped mapped) {
                erasures.add(mapped.to(), run, nullify);
                found = true;
            }
            at += run;
            left -= run;
        }
        if (!found) {
            throw new UnfollowedRule("the kernel has no memory at 0x" + Long.toHexString(address));
        }
    }
}
