package io.inquest.crash.command.kmem;

import io.inquest.crash.command.kmem.FreeZone.FreeList;
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
    private final Counters counters;
    private final List<String> missing = new ArrayList<>();
    private long found;

    FreeBlocksPart(Kernel kernel, boolean withPages) throws IOException {
        this.kernel = kernel;
        this.withPages = withPages;
        this.page = kernel.types().struct("page");
        this.counters = new Counters(kernel);
        this.link = page.memberAt("buddy_list").isPresent() ? "buddy_list" : "lru";
    }

    Result result() throws IOException {
        long counted = counters.value("NR_FREE_PAGES").orElse(0);
        Result zones = Result.<FreeZone>rows(
                "zones",
                sink -> {
                    for (MemoryNode node : MemoryNodes.of(kernel)) {
                        for (Zone zone : node.zones()) {
                            sink.take(row(zone, node));
                        }
                    }
                    return new Ending(missing);
                },
                new FreeZoneLayout(withPages));
        Result sum = Result.one(this, new SumLayout(counted));
        return Result.several(List.of(zones, sum));
    }

    FreeZone row(Zone zone, MemoryNode node) throws IOException {
        List<FreeList> lists = new ArrayList<>();
        long free = 0;
        if (zone.spannedPages() > 0) {
            for (FreeArea area : zone.freeAreas()) {
                for (KernelObject head : area.lists()) {
                    FreeList list = list(area.order(), head);
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
        return new FreeZone(zone, counters.of(zone).getOrDefault("NR_FREE_PAGES", free), first, fromNode, lists);
    }

    private FreeList list(int order, KernelObject head) {
        Walk<KernelObject> walk = KernelList.entries(head, page, link);
        List<Long> blocks = new ArrayList<>();
        walk.forEach(block -> blocks.add(block.address()));
        if (!walk.end().isComplete()) {
            missing.add("free list " + Long.toHexString(head.address()) + ": "
                    + walk.end().sentence());
        }
        return new FreeList(order, head.address(), blocks);
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
