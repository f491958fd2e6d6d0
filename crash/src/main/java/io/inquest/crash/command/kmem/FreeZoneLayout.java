package io.inquest.crash.command.kmem;

import io.inquest.crash.command.kmem.FreeZone.FreeList;
import io.inquest.crash.result.Layout;
import io.inquest.crash.result.TextWriter;
import io.inquest.kernel.zone.Zone;
import io.inquest.output.JsonWriter;
import java.io.IOException;

/// The table of a zone's free blocks.
///
/// @param withPages whether each block is shown, and not only how many there are
record FreeZoneLayout(boolean withPages) implements Layout<FreeZone> {

    private static final int PAGE_SHIFT = 12;
    private static final int PAGE_KIB = 4;

    @Override
    public void text(FreeZone row, TextWriter out) throws IOException {
        heading(row, out);
        if (row.zone().spannedPages() != 0) {
            if (!withPages) {
                out.line("AREA    SIZE  FREE_AREA_STRUCT  BLOCKS  PAGES");
            }
            for (FreeList list : row.lists()) {
                list(list, out);
            }
        }
        out.newLine();
    }

    static void heading(FreeZone row, TextWriter out) throws IOException {
        Zone zone = row.zone();
        long start = zone.spannedPages() == 0 ? 0 : zone.startPfn() << PAGE_SHIFT;
        out.line("ZONE  NAME        SIZE    FREE      MEM_MAP       START_PADDR  START_MAPNR");
        out.right(zone.index(), 3).text("   ").left(zone.name(), 9).right(zone.spannedPages(), 7);
        out.text("  ").right(row.free(), 6).text("  ");
        out.centre(Long.toHexString(row.structPage()), 16).text("  ");
        out.centre(Long.toHexString(start), 11).text("  ");
        out.centre(Long.toString(row.fromNode()), 11).newLine();
    }

    /// The line of a list whose blocks follow.
    static void listHeading(FreeList list, TextWriter out) throws IOException {
        out.line("AREA    SIZE  FREE_AREA_STRUCT");
        columns(list, out);
        out.newLine();
    }

    private static void columns(FreeList list, TextWriter out) throws IOException {
        out.right(list.order(), 3).text("  ").right((PAGE_KIB << list.order()) + "k", 7);
        out.text("  ").hex(list.address(), 16).text("  ");
    }

    private void list(FreeList list, TextWriter out) throws IOException {
        if (withPages) {
            listHeading(list, out);
            for (long block : list.blocks()) {
                out.hex(block).newLine();
            }
        } else {
            columns(list, out);
            out.right(list.blocks().size(), 6).text(" ").right(list.pages(), 6).newLine();
        }
    }

    @Override
    public void members(FreeZone row, JsonWriter json) throws IOException {
        json.name("zone")
                .value(row.zone().name())
                .name("address")
                .hex(row.zone().address());
        json.name("pages").value(row.zone().spannedPages()).name("free").value(row.free());
        json.name("lists").beginArray();
        for (FreeList list : row.lists()) {
            json.beginObject().name("order").value(list.order()).name("list").hex(list.address());
            json.name("blocks").value(list.blocks().size()).name("pages").value(list.pages());
            json.endObject();
        }
        json.endArray();
    }
}
