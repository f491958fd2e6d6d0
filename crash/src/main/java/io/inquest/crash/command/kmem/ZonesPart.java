package io.inquest.crash.command.kmem;

import io.inquest.crash.result.Layout;
import io.inquest.crash.result.Result;
import io.inquest.crash.result.RowSource;
import io.inquest.crash.result.TextWriter;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.zone.Counters;
import io.inquest.kernel.zone.MemoryNode;
import io.inquest.kernel.zone.MemoryNodes;
import io.inquest.kernel.zone.Zone;
import io.inquest.output.JsonWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// `kmem -z`: sizes, watermarks and counters of each zone.
final class ZonesPart {

    private ZonesPart() {}

    /// A zone of a node.
    record Row(int node, Zone zone, Map<String, Long> counters) {}

    static Result of(Kernel kernel) throws IOException {
        Counters counters = new Counters(kernel);
        List<Row> rows = new ArrayList<>();
        for (MemoryNode node : MemoryNodes.of(kernel)) {
            for (Zone zone : node.zones()) {
                rows.add(new Row(node.id(), zone, counters.of(zone)));
            }
        }
        return Result.rows("zones", RowSource.of(rows), new ZoneLayout());
    }

    private static final class ZoneLayout implements Layout<Row> {

        @Override
        public void text(Row row, TextWriter out) throws IOException {
            Zone zone = row.zone();
            out.text("NODE: ").number(row.node()).text("  ZONE: ").number(zone.index());
            out.text("  ADDR: ")
                    .hex(zone.address())
                    .text("  NAME: \"")
                    .text(zone.name())
                    .line("\"");
            if (zone.spannedPages() == 0) {
                out.line("  [unpopulated]").newLine();
                return;
            }
            out.text("  SIZE: ").number(zone.spannedPages());
            if (zone.presentPages() < zone.spannedPages()) {
                out.text("  PRESENT: ").number(zone.presentPages());
            }
            List<Long> marks = zone.watermarks();
            out.text("  MIN/LOW/HIGH: ")
                    .number(marks.get(0))
                    .text("/")
                    .number(marks.get(1))
                    .text("/");
            out.number(marks.get(2)).newLine();
            out.line("  VM_STAT:");
            CountersPart.lines(row.counters(), CountersPart.longest(row.counters()), out);
            out.newLine().newLine();
        }

        @Override
        public void members(Row row, JsonWriter json) throws IOException {
            Zone zone = row.zone();
            json.name("node").value(row.node()).name("zone").value(zone.index());
            json.name("address").hex(zone.address()).name("name").value(zone.name());
            json.name("spanned").value(zone.spannedPages()).name("present").value(zone.presentPages());
            json.name("managed").value(zone.managedPages());
            json.name("watermarks").beginArray();
            for (long mark : zone.watermarks()) {
                json.value(mark);
            }
            json.endArray();
            json.name("counters").beginObject();
            CountersPart.members(row.counters(), json);
            json.endObject();
        }
    }
}
