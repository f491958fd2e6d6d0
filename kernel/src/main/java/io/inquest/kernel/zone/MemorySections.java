package io.inquest.kernel.zone;

import io.inquest.dump.DumpException;
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

    private MemorySections() {}

    /// The sections with memory.
    ///
    /// Throws a [DumpException] when damaged types give `struct mem_section` a size that fits in no page.
    public static List<MemorySection> of(Kernel kernel) throws IOException {
        Optional<KernelObject> symbol = kernel.findObject("mem_section");
        Optional<StructType> type = kernel.types().findStruct("mem_section");
        List<MemorySection> sections = new ArrayList<>();
        if (symbol.isEmpty() || type.isEmpty() || !(symbol.get().type().plain() instanceof PointerType)) {
            return sections;
        }
        int shift = frameShift(kernel);
        long perRoot = perRoot(kernel, type.get());
        int structPageBytes = kernel.pageMap().structPageBytes();
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
            MemorySection section = new MemorySection(number, struct, number << shift, structPageBytes);
            if (isPresent(section)) {
                sections.add(section);
            }
        }
        return sections;
    }

    /// `SECTIONS_PER_ROOT`: as many as fit in a page.
    private static long perRoot(Kernel kernel, StructType type) throws DumpException {
        long pageBytes = 1L << kernel.machine().pageShift();
        if (type.bytes() <= 0 || type.bytes() > pageBytes) {
            throw new DumpException("struct mem_section: its type has " + type.bytes() + " bytes, expected 1 to "
                    + pageBytes + "; the kernel's type information is damaged");
        }
        return pageBytes / type.bytes();
    }

    /// Log2 of the frames of a section.
    static int frameShift(Kernel kernel) throws IOException {
        OptionalLong bits = kernel.vmcoreInfo().number("SECTION_SIZE_BITS");
        int sectionBits = bits.isPresent()
                ? (int) bits.getAsLong()
                : kernel.architecture().defaultSectionSizeBits(kernel.vmcoreInfo());
        return sectionBits - kernel.machine().pageShift();
    }

    private static boolean isPresent(MemorySection section) {
        try {
            return section.isPresent();
        } catch (MemoryFault missing) {
            return false;
        }
    }
}
