package io.inquest.crash.command.memory;

import io.inquest.crash.result.Layout;
import io.inquest.crash.result.TextWriter;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.object.KernelObject;
import io.inquest.output.JsonWriter;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// A page frame with the members of its struct page that tell what it is used for.
///
/// @param structPage address of the struct page
/// @param physical address of the frame
/// @param flags the word, with zone and node in its high bits
/// @param names of the flags that are set
public record PageRow(
        long structPage, long physical, long mapping, long index, int count, long flags, List<String> names) {

    /// The table of crash.
    public static final Layout<PageRow> LAYOUT = new PageLayout();

    /// The frame of a physical address; empty where the kernel has no struct page. May throw a
    /// [io.inquest.dump.MemoryFault].
    public static Optional<PageRow> of(Kernel kernel, long physical) throws IOException {
        OptionalLong address =
                kernel.pageMap().structPage(physical >>> kernel.memory().pageShift());
        return address.isEmpty()
                ? Optional.empty()
                : Optional.of(of(
                        kernel.object("struct page", address.getAsLong()), physical, PageFlagNames.of(kernel.types())));
    }

    /// The frame that a struct page describes.
    public static PageRow of(KernelObject unread, long physical, PageFlagNames names) {
        KernelObject page = unread.loadedIfReadable();
        KernelObject flags = page.member("flags");
        long word = flags.find("f").orElse(flags).unsigned();
        return new PageRow(
                page.address(),
                physical,
                page.member("mapping").unsigned(),
                page.firstOf("index", "__folio_index").unsigned(),
                page.firstOf("_refcount.counter", "_count.counter").intValue(),
                word,
                names.in(word));
    }

    private static final class PageLayout implements Layout<PageRow> {

        private static final String HEADING = "      PAGE       PHYSICAL      MAPPING       INDEX CNT FLAGS";

        @Override
        public void begin(TextWriter out) throws IOException {
            out.line(HEADING);
        }

        @Override
        public void text(PageRow row, TextWriter out) throws IOException {
            out.hex(row.structPage(), 16).text(" ").hex(row.physical(), 8).text(" ");
            out.hex(row.mapping(), 16).text(" ").hex(row.index(), 8).text(" ");
            out.right(row.count(), 2).text(" ").hex(row.flags());
            out.line(row.names().isEmpty() ? "" : " " + String.join(",", row.names()));
        }

        @Override
        public void members(PageRow row, JsonWriter json) throws IOException {
            json.name("page").hex(row.structPage()).name("physical").hex(row.physical());
            json.name("mapping").hex(row.mapping()).name("index").hex(row.index());
            json.name("count").value(row.count()).name("flags").hex(row.flags());
            json.name("names").beginArray();
            for (String name : row.names()) {
                json.value(name);
            }
            json.endArray();
        }
    }
}
