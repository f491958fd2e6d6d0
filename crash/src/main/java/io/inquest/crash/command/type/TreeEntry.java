package io.inquest.crash.command.type;

import io.inquest.crash.result.Layout;
import io.inquest.crash.result.TextWriter;
import io.inquest.output.JsonWriter;
import java.io.IOException;

/// An entry of a tree.
///
/// @param word its address, or the value that is kept
/// @param first index it is kept for, or its number in a tree without indices
/// @param last index of a range
record TreeEntry(long word, long first, long last) {

    /// How entries look.
    ///
    /// @param each how what lies there looks
    /// @param positions whether the index is told, too
    record EntryText(EntryLayout each, boolean positions) implements Layout<TreeEntry> {

        @Override
        public void text(TreeEntry entry, TextWriter out) throws IOException {
            each.text(entry.word(), out);
            if (positions) {
                out.text("  index: ").text(Long.toUnsignedString(entry.first()));
                out.line(entry.last() == entry.first() ? "" : "-" + Long.toUnsignedString(entry.last()));
            }
        }

        @Override
        public void members(TreeEntry entry, JsonWriter json) throws IOException {
            each.members(entry.word(), json);
            json.name("first").value(Long.toUnsignedString(entry.first()));
            json.name("last").value(Long.toUnsignedString(entry.last()));
        }
    }
}
