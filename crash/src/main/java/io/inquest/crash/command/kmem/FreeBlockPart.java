package io.inquest.crash.command.kmem;

import io.inquest.crash.command.kmem.FreeZone.FreeList;
import io.inquest.crash.result.Layout;
import io.inquest.crash.result.Result;
import io.inquest.crash.result.TextWriter;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.page.FrameAddresses;
import io.inquest.kernel.zone.MemoryNode;
import io.inquest.kernel.zone.MemoryNodes;
import io.inquest.kernel.zone.Zone;
import io.inquest.output.JsonWriter;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/// `kmem -f ADDRESS`: the free block that a frame is in.
final class FreeBlockPart {

    private final Kernel kernel;
    private final FrameAddresses frames;

    FreeBlockPart(Kernel kernel) throws IOException {
        this.kernel = kernel;
        this.frames = FrameAddresses.of(kernel, kernel.pageMap());
    }

    /// A free block with the frame that was asked for.
    ///
    /// @param block virtual address of its first struct page
    /// @param page that of the frame
    /// @param index number of the frame in the block
    private record Row(FreeZone zone, FreeList list, long block, long page, long index) {}

    /// Empty for a frame that is not free.
    Optional<Result> of(long pfn) throws IOException {
        for (MemoryNode node : MemoryNodes.of(kernel)) {
            for (Zone zone : node.zones()) {
                if (pfn >= zone.startPfn() && pfn < zone.startPfn() + zone.spannedPages()) {
                    FreeZone free = new FreeBlocksPart(kernel, true).row(zone, node);
                    return find(free, pfn).map(row -> Result.one(row, new BlockLayout()));
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Row> find(FreeZone zone, long pfn) throws IOException {
        for (FreeList list : zone.lists()) {
            for (long block : list.blocks()) {
                OptionalLong first = frames.frame(block);
                if (first.isPresent() && pfn >>> list.order() == first.getAsLong() >>> list.order()) {
                    long page = frames.structPage(pfn).orElse(0);
                    return Optional.of(new Row(zone, list, block, page, pfn - first.getAsLong()));
                }
            }
        }
        return Optional.empty();
    }

    private static final class BlockLayout implements Layout<Row> {

        @Override
        public void text(Row row, TextWriter out) throws IOException {
            FreeZoneLayout.heading(row.zone(), out);
            FreeZoneLayout.listHeading(row.list(), out);
            out.hex(row.block()).text("  ");
            if (row.list().order() > 0) {
                out.text("(")
                        .hex(row.page())
                        .text(" is ")
                        .text(ordinal(row.index() + 1))
                        .text(" of ");
                out.number(1L << row.list().order()).text(" pages) ");
            }
            out.newLine();
        }

        private static String ordinal(long number) {
            boolean teen = number % 100 / 10 == 1;
            int last = teen ? 0 : (int) (number % 10);
            return number
                    + switch (last) {
                        case 1 -> "st";
                        case 2 -> "nd";
                        case 3 -> "rd";
                        default -> "th";
                    };
        }

        @Override
        public void members(Row row, JsonWriter json) throws IOException {
            json.name("zone")
                    .value(row.zone().zone().name())
                    .name("list")
                    .hex(row.list().address());
            json.name("order").value(row.list().order()).name("block").hex(row.block());
            json.name("page").hex(row.page()).name("index").value(row.index());
        }
    }
}
