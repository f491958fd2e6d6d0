package io.inquest.kernel.page;

import io.inquest.dump.DumpException;
import io.inquest.dump.MemoryFault;
import io.inquest.dump.Warnings;
import io.inquest.kernel.Hex;
import io.inquest.kernel.VmcoreInfo;
import io.inquest.kernel.arch.KernelSpace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/// Finds out which memory model a kernel uses, and where its struct pages are.
///
/// Tried in the order of makedumpfile: DISCONTIGMEM, SPARSEMEM with and without EXTREME, FLATMEM. Which keys a
/// kernel exports depends on its model, so that the first whose keys are all there is it.
final class MemMapFinder {

    private final KernelSpace space;
    private final VmcoreInfo info;
    private final PageLayout layout;
    private final MemoryBounds bounds;
    private final Warnings warnings;

    MemMapFinder(KernelSpace space, VmcoreInfo info, PageLayout layout, MemoryBounds bounds, Warnings warnings) {
        this.space = space;
        this.info = info;
        this.layout = layout;
        this.bounds = bounds;
        this.warnings = warnings;
    }

    MemMap find() throws IOException {
        if (isDiscontiguous()) {
            return discontiguous();
        }
        if (info.symbol("mem_section").isPresent()
                && info.size("mem_section").isPresent()
                && info.offset("mem_section.section_mem_map").isPresent()) {
            return sparse();
        }
        OptionalLong memMap = info.symbol("mem_map");
        if (memMap.isPresent()) {
            return flat(memMap.getAsLong());
        }
        throw new DumpException("vmcoreinfo names none of mem_section, mem_map and the nodes' node_mem_map: the struct"
                + " pages cannot be found");
    }

    private MemMap flat(long symbol) throws IOException {
        long structPages = readPointer("mem_map", symbol);
        return NodeMemMap.flat(bounds.endPfn(), structPages);
    }

    private long readPointer(String name, long symbol) throws IOException {
        long value;
        try {
            value = space.readWord(symbol);
        } catch (MemoryFault broken) {
            throw new DumpException("the variable " + name + " cannot be read: " + broken.getMessage(), broken);
        }
        if (!space.isKernelAddress(value)) {
            throw new DumpException("the variable " + name + " at " + Hex.of(symbol) + " holds " + Hex.of(value)
                    + ", expected a kernel address");
        }
        return value;
    }

    private boolean isDiscontiguous() {
        boolean table =
                info.symbol("node_data").isPresent() && info.length("node_data").isPresent();
        boolean list = info.symbol("pgdat_list").isPresent()
                && (info.offset("pglist_data.pgdat_next").isPresent()
                        || info.length("pgdat_list").isPresent());
        return (table || list)
                && info.size("pglist_data").isPresent()
                && info.offset("pglist_data.node_mem_map").isPresent()
                && info.offset("pglist_data.node_start_pfn").isPresent()
                && info.offset("pglist_data.node_spanned_pages").isPresent();
    }

    private MemMap discontiguous() throws IOException {
        long mapAt = info.offset("pglist_data.node_mem_map").getAsLong();
        long startAt = info.offset("pglist_data.node_start_pfn").getAsLong();
        long spannedAt = info.offset("pglist_data.node_spanned_pages").getAsLong();
        List<MapPiece> pieces = new ArrayList<>();
        for (long node : new Nodes(space, info).addresses(warnings)) {
            try {
                long start = space.readWord(node + startAt);
                long spanned = space.readWord(node + spannedAt);
                long structPages = space.readWord(node + mapAt);
                boolean plausible =
                        start >= 0 && spanned >= 0 && start + spanned >= start && space.isKernelAddress(structPages);
                if (!plausible) {
                    warnings.warn("the memory node at " + Hex.of(node) + " is damaged (frames " + Hex.of(start) + "+"
                            + Hex.of(spanned) + ", mem_map " + Hex.of(structPages) + "): its frames are kept");
                } else if (spanned != 0) {
                    pieces.add(MapPiece.mapped(start, start + spanned, structPages));
                }
            } catch (MemoryFault broken) {
                warnings.warn("the memory node at " + Hex.of(node) + " cannot be read (" + broken.getMessage()
                        + "): its frames are kept");
            }
        }
        if (pieces.isEmpty()) {
            throw new DumpException("no memory node has a readable mem_map: the struct pages cannot be found");
        }
        return NodeMemMap.nodes(pieces, layout.shape.structBytes());
    }

    private MemMap sparse() throws IOException {
        long size = info.size("mem_section").getAsLong();
        long mapOffset = info.offset("mem_section.section_mem_map").getAsLong();
        if (size < space.wordBytes()
                || size > bounds.pageBytes()
                || mapOffset < 0
                || mapOffset + space.wordBytes() > size) {
            throw new DumpException("vmcoreinfo says SIZE(mem_section)=" + size
                    + " and OFFSET(mem_section.section_mem_map)=" + mapOffset + ", which cannot be");
        }
        int perRoot = (int) (bounds.pageBytes() / size);
        long sections = bounds.sections();
        OptionalLong length = info.length("mem_section");
        boolean extreme = length.isEmpty() || length.getAsLong() == Math.ceilDiv(sections, perRoot);
        SectionShape shape = new SectionShape(bounds.sectionPageBits(), perRoot, sections, layout.shape.structBytes());
        SectionTable table = new SectionTable(
                space, info.symbol("mem_section").getAsLong(), extreme, (int) size, (int) mapOffset, shape);
        return new SectionCheck(space, table, bounds.endPfn()).open(info.symbol("vmemmap"), warnings);
    }
}
