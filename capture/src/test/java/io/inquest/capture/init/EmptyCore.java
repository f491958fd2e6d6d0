package io.inquest.capture.init;

import io.inquest.testkit.ElfCoreBuilder;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// An ELF core with one page of memory and a vmcoreinfo that tells nothing of a log: it can be saved whole, but for the
/// log.
final class EmptyCore {

    private static final int PAGE = 4096;

    private EmptyCore() {}

    static byte[] bytes() {
        return of(new byte[PAGE]);
    }

    /// With this memory.
    static byte[] of(byte[] memory) {
        return ElfCoreBuilder.elf64(ByteOrder.LITTLE_ENDIAN)
                .note("VMCOREINFO", 0, "PAGESIZE=4096\n".getBytes(StandardCharsets.US_ASCII))
                .endNotes()
                .load(PAGE, memory)
                .build();
    }

    /// As if there were so many bytes of memory more, which the file lacks.
    static byte[] promising(int more) {
        byte[] core = of(new byte[PAGE + more]);
        return Arrays.copyOf(core, core.length - more);
    }
}
