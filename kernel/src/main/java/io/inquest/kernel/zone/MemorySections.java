package io.inquest.kernel.zone;

import io.inquest.dump.MemoryFault;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.object.KernelObject;
import io.inquest.kernel.type.PointerType;
import io.inquest.kernel.type.StructType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Finds the sections of memory of a kernel with `CONFIG_SPARSEMEM_EXTREME`: `mem_section` is an array of
/// pointers to pages of `struct mem_section`. Others have none here.
public final class MemorySections {

    private static final long PAGE_BYTES = 4096;
    private static final int PAGE_SHIFT = 12;

    private MemorySections() {}

    /// The sections with memory.
    public static List<MemorySection> of(Kernel kernel) throws IOException {
        Optional<KernelObject> symbol = kernel.findObject("mem_section");
        Optional<StructType> type = kernel.types().findStruct("mem_section");
        List<MemorySection> sections = new ArrayList<>();
        if (symbol.isEmpty() || type.isEmpty() || !(symbol.get().type().plain() instanceof PointerType)) {
            return sections;
        }
        int shift = frameShift(kernel);
        long perRoot = PAGE_BYTES / type.get().bytes();
        KernelObject roots = symbol.get().dereference();
        long count = (kernel.memory().endPfn() >>> shift) + 1;
        for (long number = 0; number < count; number++) {
            long root = roots.word(number / perRoot);
            if (root == 0) {
                number += perRoot - 1 - number % perRoot;
                continue;
            }
            long address = root + number % perRoot * type.get().bytes();
            KernelObject struct = KernelObject.at(kernel.space(), type.get(), address);
            MemorySection section = new MemorySection(
                    number, struct, number << shift, kernel.pageMap().structPageBytes());
            if (isPresent(section)) {
                sections.add(section);
            }
        }
        return sections;
    }

    /// Log2 of the frames of a section.
    static int frameShift(Kernel kernel) throws IOException {
        OptionalLong bits = kernel.vmcoreInfo().number("SECTION_SIZE_BITS");
        return bits.isPresent()
                ? (int) bits.getAsLong() - PAGE_SHIFT
                : kernel.architecture().defaultSectionSizeBits(kernel.vmcoreInfo()) - PAGE_SHIFT;
    }

    private static boolean isPresent(MemorySection section) {
        try {
            return section.isPresent();
        } catch (MemoryFault missing) {
            return false;
        }
    }
}
