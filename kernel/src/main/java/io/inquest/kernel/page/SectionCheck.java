package io.inquest.kernel.page;

import io.inquest.dump.DumpException;
import io.inquest.dump.MemoryFault;
import io.inquest.dump.Warnings;
import io.inquest.kernel.Hex;
import io.inquest.kernel.arch.KernelSpace;
import java.io.IOException;
import java.util.OptionalLong;

/// Makes sure that `mem_section` is what it is taken for.
///
/// vmcoreinfo gives the address of the table itself, while the symbol of kernels from 4.15 on (83e3c48729d9) is
/// a pointer to it: both are tried, and the one under which a present section leads to a kernel address is
/// taken.
final class SectionCheck {

    /// So many roots that cannot be read say enough of a table.
    private static final int MOST_UNREADABLE = 1024;

    private final KernelSpace space;
    private final SectionTable table;
    private final long endPfn;

    SectionCheck(KernelSpace space, SectionTable table, long endPfn) {
        this.space = space;
        this.table = table;
        this.endPfn = endPfn;
    }

    /// Throws a [DumpException] when neither reading of the table makes sense and there is no vmemmap to stand
    /// in.
    SparseMemMap open(OptionalLong vmemmap, Warnings warnings) throws IOException {
        OptionalLong section = firstPresent(table);
        SectionTable valid = table;
        if (section.isEmpty()) {
            valid = table.at(pointedTo());
            section = valid.address() == 0 ? section : firstPresent(valid);
        }
        if (section.isPresent()) {
            return new SparseMemMap(valid, agreeing(valid, section.getAsLong(), vmemmap, warnings), warnings);
        }
        if (vmemmap.isPresent()) {
            return new SparseMemMap(table, vmemmap, warnings);
        }
        throw new DumpException("mem_section at " + Hex.of(table.address())
                + " leads to no section with struct pages, neither as a table nor as a pointer to one: vmcoreinfo may"
                + " be of another kernel");
    }

    private long pointedTo() throws IOException {
        try {
            long address = space.readWord(table.address());
            return space.isKernelAddress(address) ? address : 0;
        } catch (MemoryFault broken) {
            return 0;
        }
    }

    /// The first section that has struct pages at a kernel address. A root that is no kernel address, or a
    /// section that decodes to none, means that this is not the table.
    private OptionalLong firstPresent(SectionTable candidate) throws IOException {
        SectionShape shape = candidate.shape();
        int unreadable = 0;
        for (long root = 0; root < candidate.roots(endPfn) && unreadable < MOST_UNREADABLE; root++) {
            long[] maps;
            try {
                long address = candidate.rootAddress(root);
                if (address != 0 && !space.isKernelAddress(address)) {
                    return OptionalLong.empty();
                }
                maps = candidate.maps(root);
            } catch (MemoryFault broken) {
                unreadable++;
                continue;
            }
            for (int i = 0; i < maps.length; i++) {
                long section = root * shape.perRoot() + i;
                if (SparseMemMap.hasMap(maps[i])) {
                    boolean plausible = space.isKernelAddress(SparseMemMap.decode(section, maps[i], shape));
                    return plausible ? OptionalLong.of(section) : OptionalLong.empty();
                }
            }
        }
        return OptionalLong.empty();
    }

    /// The exported vmemmap, if the first section agrees with it.
    private static OptionalLong agreeing(SectionTable table, long section, OptionalLong vmemmap, Warnings warnings)
            throws IOException {
        if (vmemmap.isEmpty()) {
            return vmemmap;
        }
        SectionShape shape = table.shape();
        long[] maps = table.maps(section / shape.perRoot());
        long address = SparseMemMap.decode(section, maps[(int) (section % shape.perRoot())], shape);
        if (address == vmemmap.getAsLong() + shape.mapOffset(section)) {
            return vmemmap;
        }
        warnings.warn("the struct pages of section " + section + " are at " + Hex.of(address) + ", not where vmemmap "
                + Hex.of(vmemmap.getAsLong()) + " would have them: vmemmap is not used");
        return OptionalLong.empty();
    }
}
