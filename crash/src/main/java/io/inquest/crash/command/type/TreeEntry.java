package io.inquest.crash.command.type;

import io.inquest.crash.result.Layout;
import io.inquest.crash.result.TextWriter;
import io.inquest.output.JsonWriter;
import java.io.IOException;

/// An entry of a tree.
///
/// @param word its address, or a value that is no address
/// @param index its index or range, empty in trees without
/// @param way from the root down, as in [io.inquest.kernel.object.Placed]
record TreeEntry(long word, String index, String way) {

    /// `5`, or `5-9` for a range.
    static String index(long first, long last) {
        return Long.toUnsignedString(first) + (first == last ? "" : "-" + Long.toUnsignedString(last));
    }

    /// How entries look.
    ///
    /// @param each how what lies there looks
    /// @param positions whether it is told where they hang
    record EntryText(EntryLayout each, boolean positions) implements Layout<TreeEntry> {

        @Override
        public void text(TreeEntry entry, TextWriter out) throws IOException {
            out.hex(entry.word()).newLine();
            if (positions) {
                out.text("  ").text(entry.index().isEmpty() ? "" : "index: " + entry.index() + "  ");
                out.line("position: root" + (entry.way().isEmpty() ? "" : "/" + entry.way()));
            }
            each.contents(entry.word(), out);
        }

        @Override
        public void members(TreeEntry entry, JsonWriter json) throws IOException {
            each.members(entry.word(), json);
            if (!entry.index().isEmpty()) {
                json.name("index").value(entry.index());
            }
            json.name("position").value(entry.way());
        }
    }
}
