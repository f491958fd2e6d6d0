package io.inquest.kernel.page;

import io.inquest.dump.MemoryFault;
import io.inquest.dump.Warnings;
import io.inquest.kernel.Hex;
import java.io.IOException;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Struct pages by section of memory (SPARSEMEM, with or without VMEMMAP).
///
/// [SectionTable] gives for each section a word, `section_mem_map` (kernel: `include/linux/mmzone.h`):
///
/// | Bits | Meaning                                                                        |
/// |------|--------------------------------------------------------------------------------|
/// | 0    | the section is present                                                         |
/// | 1    | it has struct pages                                                            |
/// | 2–5  | online (4.13), early (5.3), device, vmemmap initialised early (met with 7.2)   |
/// | rest | address that the struct page of frame 0 would have, were this section's array to begin there |
///
/// New low bits came with new releases, while arrays of struct pages begin at page boundaries: all 12 bits are
/// masked.
///
/// Kernels with VMEMMAP keep all struct pages in one array, whose address 6.12 and later export. It then checks
/// the sections, and stands in for one that is damaged.
final class SparseMemMap implements MemMap {

    private static final long MAP_MASK = ~0xfffL;
    private static final int PRESENT = 1;
    private static final int HAS_MEM_MAP = 2;
    private static final int MOST_WARNINGS = 8;

    private final SectionTable table;
    private final SectionShape shape;
    private final OptionalLong vmemmap;
    private final Warnings warnings;
    private final Set<String> warned = new HashSet<>();
    private volatile @Nullable Root last;

    /// The sections of one root: `maps[i]` is the word of its section `i`.
    private static final class Root {
        private final long index;
        private final long[] maps;
        private final boolean readable;

        Root(long index, long[] maps, boolean readable) {
            this.index = index;
            this.maps = maps;
            this.readable = readable;
        }
    }

    /// `vmemmap` is believed where sections differ, so the caller has compared it with an intact one.
    SparseMemMap(SectionTable table, OptionalLong vmemmap, Warnings warnings) {
        this.table = table;
        this.shape = table.shape();
        this.vmemmap = vmemmap;
        this.warnings = warnings;
    }

    @Override
    public MemoryModel model() {
        return table.extreme() ? MemoryModel.SPARSEMEM_EXTREME : MemoryModel.SPARSEMEM;
    }

    @Override
    public MapPiece piece(long pfn) throws IOException {
        long section = pfn >>> shape.pageBits();
        if (section >= shape.sections()) {
            return MapPiece.hole(shape.startPfn(shape.sections()), Long.MAX_VALUE);
        }
        Root root = root(section / shape.perRoot());
        if (root.maps.length == 0) {
            return withoutSections(root, section);
        }
        long map = root.maps[(int) (section % shape.perRoot())];
        return hasMap(map)
                ? MapPiece.mapped(shape.startPfn(section), shape.endPfn(section), structPages(section, map))
                : MapPiece.hole(shape.startPfn(section), shape.endPfn(section));
    }

    /// A root that is not there says that none of its sections are. Of one that cannot be read nothing is
    /// known, and the sections may well be there.
    private MapPiece withoutSections(Root root, long section) {
        if (!root.readable && vmemmap.isPresent()) {
            return MapPiece.mapped(shape.startPfn(section), shape.endPfn(section), inVmemmap(section));
        }
        long first = root.index * shape.perRoot();
        return MapPiece.hole(shape.startPfn(first), shape.startPfn(first + shape.perRoot()));
    }

    private long structPages(long section, long map) {
        long address = decode(section, map, shape);
        if (vmemmap.isPresent() && address != inVmemmap(section)) {
            warnOnce("the mem_map of section " + section + " is damaged: it says " + Hex.of(address) + ", expected "
                    + Hex.of(inVmemmap(section)) + " in vmemmap, which is used instead");
            return inVmemmap(section);
        }
        return address;
    }

    /// Address of the first struct page of `section`.
    static long decode(long section, long map, SectionShape shape) {
        return (map & MAP_MASK) + shape.mapOffset(section);
    }

    static boolean hasMap(long map) {
        return (map & PRESENT) != 0 && (map & HAS_MEM_MAP) != 0;
    }

    private long inVmemmap(long section) {
        return vmemmap.getAsLong() + shape.mapOffset(section);
    }

    private Root root(long index) throws IOException {
        Root root = last;
        if (root == null || root.index != index) {
            root = load(index);
            last = root;
        }
        return root;
    }

    private Root load(long index) throws IOException {
        try {
            return new Root(index, table.maps(index), true);
        } catch (MemoryFault broken) {
            warnOnce("the sections of page frames from " + Hex.of(shape.startPfn(index * shape.perRoot()))
                    + " on cannot be read (" + broken.getMessage() + "): "
                    + (vmemmap.isPresent() ? "vmemmap is used instead" : "these frames are kept"));
            return new Root(index, new long[0], false);
        }
    }

    private void warnOnce(String sentence) {
        synchronized (warned) {
            if (warned.size() < MOST_WARNINGS && warned.add(sentence)) {
                warnings.warn(sentence);
            }
        }
    }
}
