package io.inquest.crash.command.kmem;

import io.inquest.crash.result.Ending;
import io.inquest.crash.result.Layout;
import io.inquest.crash.result.Result;
import io.inquest.crash.result.RowSource;
import io.inquest.crash.result.TextWriter;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.object.Walk;
import io.inquest.kernel.page.PageMap;
import io.inquest.kernel.zone.MemoryBlock;
import io.inquest.kernel.zone.MemoryBlocks;
import io.inquest.kernel.zone.MemoryNode;
import io.inquest.kernel.zone.MemoryNodes;
import io.inquest.kernel.zone.MemorySection;
import io.inquest.kernel.zone.MemorySections;
import io.inquest.kernel.zone.Zone;
import io.inquest.output.JsonWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// `kmem -n`: memory nodes, their zones, the sections of memory, and the blocks that can be plugged.
final class NodesPart {

    private NodesPart() {}

    static Result of(Kernel kernel) throws IOException {
        List<MemoryNode> nodes = MemoryNodes.of(kernel);
        List<Result> parts = new ArrayList<>();
        parts.add(Result.rows("nodes", RowSource.of(nodes), new NodeLayout(kernel.pageMap())));
        List<MemorySection> sections = MemorySections.of(kernel);
        if (!sections.isEmpty()) {
            parts.add(Result.text("-".repeat(67) + "\n\n"));
            parts.add(Result.rows("sections", RowSource.of(sections), new SectionLayout()));
        }
        MemoryBlocks.of(kernel).ifPresent(blocks -> parts.add(blocks(blocks)));
        return Result.several(parts);
    }

    private static Result blocks(Walk<MemoryBlock> blocks) {
        return Result.rows(
                "blocks",
                sink -> {
                    for (MemoryBlock block : blocks) {
                        sink.take(block);
                    }
                    return Ending.of(blocks.end());
                },
                new MemoryBlockLayout());
    }

    private record NodeLayout(PageMap pages) implements Layout<MemoryNode> {

        private static final int PAGE_SHIFT = 12;

        @Override
        public void text(MemoryNode node, TextWriter out) throws IOException {
            List<Zone> zones = node.zones();
            out.line("NODE    SIZE      PGLIST_DATA       BOOTMEM_DATA       NODE_ZONES   ");
            out.right(node.id(), 3)
                    .text("   ")
                    .centre(Long.toString(node.spannedPages()), 8)
                    .text("  ");
            out.hex(node.address(), 16).text("  ").centre("----", 16).text("  ");
            for (int i = 0; i < zones.size(); i++) {
                out.blanks(i == 0 ? 0 : 52).hex(zones.get(i).address(), 16).newLine();
            }
            out.line("    MEM_MAP          START_PADDR    START_MAPNR");
            out.hex(structPage(node.startPfn()), 16).text("  ");
            out.centre(Long.toHexString(node.startPfn() << PAGE_SHIFT), 16).text("  ");
            out.centre(Long.toString(node.startPfn()), 11).newLine().newLine();
            out.line("ZONE  NAME         SIZE       MEM_MAP      START_PADDR  START_MAPNR");
            for (Zone zone : zones) {
                boolean empty = zone.spannedPages() == 0;
                out.right(zone.index(), 3).text("   ").left(zone.name(), 9).right(zone.spannedPages(), 8);
                out.text("  ").hex(empty ? 0 : structPage(zone.startPfn()), 16);
                out.text("  ").hex(empty ? 0 : zone.startPfn() << PAGE_SHIFT, 11);
                out.text("  ").right(empty ? 0 : zone.startPfn(), 11).newLine();
            }
            out.newLine();
        }

        private long structPage(long pfn) throws IOException {
            return pages.structPage(pfn).orElse(0);
        }

        @Override
        public void members(MemoryNode node, JsonWriter json) throws IOException {
            json.name("node").value(node.id()).name("address").hex(node.address());
            json.name("startPfn").value(node.startPfn()).name("pages").value(node.spannedPages());
            json.name("present").value(node.presentPages());
            json.name("zones").beginArray();
            for (Zone zone : node.zones()) {
                json.beginObject()
                        .name("name")
                        .value(zone.name())
                        .name("address")
                        .hex(zone.address());
                json.name("startPfn")
                        .value(zone.startPfn())
                        .name("pages")
                        .value(zone.spannedPages())
                        .endObject();
            }
            json.endArray();
        }
    }

    private static final class SectionLayout implements Layout<MemorySection> {

        @Override
        public void begin(TextWriter out) throws IOException {
            out.line("NR      SECTION        CODED_MEM_MAP        MEM_MAP       STATE PFN");
        }

        @Override
        public void text(MemorySection section, TextWriter out) throws IOException {
            out.right(section.number(), 2).text("  ").hex(section.address(), 16).text("  ");
            out.hex(section.codedMemMap(), 16)
                    .text("  ")
                    .hex(section.memMap(), 16)
                    .text("  ");
            out.left(section.state(), 4).text("  ").left(section.startPfn(), 16).newLine();
        }

        @Override
        public void members(MemorySection section, JsonWriter json) throws IOException {
            json.name("number").value(section.number()).name("address").hex(section.address());
            json.name("memMap").hex(section.memMap()).name("state").value(section.state());
            json.name("startPfn").value(section.startPfn());
        }
    }
}
