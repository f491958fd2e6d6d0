package io.inquest.crash.command.memory;

import io.inquest.crash.result.Layout;
import io.inquest.crash.result.TextWriter;
import io.inquest.kernel.arch.PageEntry;
import io.inquest.output.JsonWriter;
import java.io.IOException;

/// An entry of a page table, explained.
///
/// @param value the entry
/// @param entry what it says
record EntryRow(long value, PageEntry entry) {

    static final Layout<EntryRow> LAYOUT = new EntryLayout();

    private static final int PHYSICAL_WIDTH = 8;

    /// `besideAWalk` puts the address where `vtop` has it.
    void text(TextWriter out, boolean besideAWalk) throws IOException {
        String digits = Long.toHexString(value);
        int width = Math.max(3, digits.length());
        if (entry.state() == PageEntry.State.SWAPPED) {
            out.centre("PTE", width).line("  SWAP  OFFSET");
            out.centre(digits, width)
                    .text("  ")
                    .centre(Integer.toString(entry.swapArea()), 4)
                    .text("  ");
            out.number(entry.swapOffset()).newLine();
            return;
        }
        String physical = Long.toHexString(entry.physical());
        int physicalWidth = Math.max(PHYSICAL_WIDTH, physical.length());
        out.centre("PTE", width).text("  ").centre("PHYSICAL", physicalWidth).line("  FLAGS");
        out.centre(digits, width).text("  ");
        if (besideAWalk) {
            out.right(physical, physicalWidth);
        } else {
            out.centre(physical, physicalWidth);
        }
        String flags = entry.state() == PageEntry.State.EMPTY ? "no mapping" : String.join("|", entry.flags());
        out.text("  (").text(flags).line(")");
    }

    private static final class EntryLayout implements Layout<EntryRow> {

        @Override
        public void text(EntryRow row, TextWriter out) throws IOException {
            row.text(out, false);
        }

        @Override
        public void members(EntryRow row, JsonWriter json) throws IOException {
            json.name("entry")
                    .hex(row.value())
                    .name("state")
                    .value(row.entry().state().name());
            json.name("physical").hex(row.entry().physical());
            json.name("flags").beginArray();
            for (String flag : row.entry().flags()) {
                json.value(flag);
            }
            json.endArray();
            json.name("swapArea").value(row.entry().swapArea());
            json.name("swapOffset").value(row.entry().swapOffset());
        }
    }
}
