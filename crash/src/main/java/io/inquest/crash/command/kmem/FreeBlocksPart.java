package io.inquest.crash.command.kmem;

import io.inquest.crash.result.Ending;
import io.inquest.crash.result.Layout;
import io.inquest.crash.result.Result;
import io.inquest.crash.result.TextWriter;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.object.KernelList;
import io.inquest.kernel.object.KernelObject;
import io.inquest.kernel.object.Walk;
import io.inquest.kernel.page.FrameAddresses;
import io.inquest.kernel.type.StructType;
import io.inquest.kernel.zone.Counters;
import io.inquest.kernel.zone.FreeArea;
import io.inquest.kernel.zone.MemoryNode;
import io.inquest.kernel.zone.MemoryNodes;
import io.inquest.kernel.zone.Zone;
import io.inquest.output.JsonWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// `kmem -f` and `-F`: the free blocks of each zone by size and list, counted one by one.
final class FreeBlocksPart {

    private final Kernel kernel;
    private final boolean withPages;
    private final StructType page;
    private final String link;
    private final List<String> missing = new ArrayList<>();
    private long found;

    FreeBlocksPart(Kernel kernel, boolean withPages) throws IOException {
        this.kernel = kernel;
        this.withPages = withPages;
        this.page = kernel.types().struct("page");
        this.link = page.memberAt("buddy_list").isPresent() ? "buddy_list" : "lru";
    }

    /// A zone with what its lists hold.
    ///
    /// @param fromNode number of the first frame, counted from that of the node
    record ZoneRow(Zone zone, long free, long structPage, long fromNode, List<ListRow> lists, boolean withPages) {}

    /// One list of free blocks.
    record ListRow(int order, long address, List<Long> blocks) {

        long pages() {
            return (long) blocks.size() << order;
        }
    }

    Result result() throws IOException {
        long counted = new Counters(kernel).value("NR_FREE_PAGES").orElse(0);
        Result zones = Result.<ZoneRow>rows(
                "zones",
                sink -> {
                    for (MemoryNode node : MemoryNodes.of(kernel)) {
                        for (Zone zone : node.zones()) {
                            sink.take(row(zone, node));
                        }
                    }
                    return new Ending(missing);
                },
                new ZoneLayout());
        Result sum = Result.one(this, new SumLayout(counted));
        return Result.several(List.of(zones, sum));
    }

    private ZoneRow row(Zone zone, MemoryNode node) throws IOException {
        List<ListRow> lists = new ArrayList<>();
        long free = 0;
        if (zone.spannedPages() > 0) {
            for (FreeArea area : zone.freeAreas()) {
                for (KernelObject head : area.lists()) {
                    ListRow list = list(area.order(), head);
                    lists.add(list);
                    free += list.pages();
                }
            }
        }
        found += free;
        long first = zone.spannedPages() == 0
                ? 0
                : FrameAddresses.of(kernel, kernel.pageMap())
                        .structPage(zone.startPfn())
                        .orElse(0);
        long fromNode = zone.spannedPages() == 0 ? 0 : zone.startPfn() - node.startPfn();
        return new ZoneRow(zone, free, first, fromNode, lists, withPages);
    }

    private ListRow list(int order, KernelObject head) {
        Walk<KernelObject> walk = KernelList.entries(head, page, link);
        List<Long> blocks = new ArrayList<>();
        walk.forEach(block -> blocks.add(block.address()));
        if (!walk.end().isComplete()) {
            missing.add("free list " + Long.toHexString(head.address()) + ": "
                    + walk.end().sentence());
        }
        return new ListRow(order, head.address(), blocks);
    }

    private static final class ZoneLayout implements Layout<ZoneRow> {

        private static final int PAGE_SHIFT = 12;
        private static final int PAGE_KIB = 4;

        @Override
        public void text(ZoneRow row, TextWriter out) throws IOException {
            Zone zone = row.zone();
            boolean empty = zone.spannedPages() == 0;
            out.line("ZONE  NAME        SIZE    FREE      MEM_MAP       START_PADDR  START_MAPNR");
            out.right(zone.index(), 3).text("   ").left(zone.name(), 9).right(zone.spannedPages(), 7);
            out.text("  ").right(row.free(), 6).text("  ");
            out.centre(Long.toHexString(row.structPage()), 16).text("  ");
            out.centre(Long.toHexString(empty ? 0 : zone.startPfn() << PAGE_SHIFT), 11)
                    .text("  ");
            out.centre(Long.toString(row.fromNode()), 11).newLine();
            if (!empty) {
                if (!row.withPages()) {
                    out.line("AREA    SIZE  FREE_AREA_STRUCT  BLOCKS  PAGES");
                }
                for (ListRow list : row.lists()) {
                    list(list, row.withPages(), out);
                }
            }
            out.newLine();
        }

        private static void list(ListRow list, boolean withPages, TextWriter out) throws IOException {
            if (withPages) {
                out.line("AREA    SIZE  FREE_AREA_STRUCT");
            }
            out.right(list.order(), 3)
                    .text("  ")
                    .right((PAGE_KIB << list.order()) + "k", 7)
                    .text("  ");
            out.hex(list.address(), 16).text("  ");
            if (!withPages) {
                out.right(list.blocks().size(), 6)
                        .text(" ")
                        .right(list.pages(), 6)
                        .newLine();
                return;
            }
            out.newLine();
            for (long block : list.blocks()) {
                out.hex(block).newLine();
            }
        }

        @Override
        public void members(ZoneRow row, JsonWriter json) throws IOException {
            json.name("zone")
                    .value(row.zone().name())
                    .name("address")
                    .hex(row.zone().address());
            json.name("pages").value(row.zone().spannedPages()).name("free").value(row.free());
            json.name("lists").beginArray();
            for (ListRow list : row.lists()) {
                json.beginObject()
                        .name("order")
                        .value(list.order())
                        .name("list")
                        .hex(list.address());
                json.name("blocks")
                        .value(list.blocks().size())
                        .name("pages")
                        .value(list.pages())
                        .endObject();
            }
            json.endArray();
        }
    }

    /// Whether what was found is what the kernel counted.
    private record SumLayout(long counted) implements Layout<FreeBlocksPart> {

        @Override
        public void text(FreeBlocksPart part, TextWriter out) throws IOException {
            out.text("nr_free_pages: ").number(counted);
            out.line(part.found == counted ? "  (verified)" : "  (found " + part.found + ")");
        }

        @Override
        public void members(FreeBlocksPart part, JsonWriter json) throws IOException {
            json.name("counted").value(counted).name("found").value(part.found);
        }
    }
}
