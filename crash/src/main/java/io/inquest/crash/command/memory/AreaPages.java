package io.inquest.crash.command.memory;

import io.inquest.crash.result.Layout;
import io.inquest.crash.result.TextWriter;
import io.inquest.kernel.AddressSpace;
import io.inquest.kernel.Mapping;
import io.inquest.kernel.arch.Architecture;
import io.inquest.kernel.arch.PageEntry;
import io.inquest.kernel.vm.MemoryArea;
import io.inquest.kernel.vm.MemoryMap;
import io.inquest.output.JsonWriter;
import java.io.IOException;
import java.util.OptionalLong;

/// An area of a task's memory whose pages may be asked for.
///
/// @param page virtual address of the one page that is shown with it, if only one is
record AreaPages(AreaRow row, MemoryArea area, MemoryMap map, Architecture architecture, OptionalLong page) {

    static final Layout<AreaPages> AREAS = new AreasLayout();
    static final Layout<AreaPages> WITH_PAGES = new PagesLayout();

    private static final long PAGE_BYTES = 4096;
    private static final long MOST_PAGES = 1 << 22;
    private static final String PAGE_HEADING = "VIRTUAL     PHYSICAL";
    private static final int ADDRESS_WIDTH = 10;

    /// Virtual address of the page that an address is in, be it a virtual one of this area or a physical one.
    ///
    /// For a physical address all pages are gone through, as long as the area is not larger than any memory that
    /// somebody would use.
    OptionalLong pageOf(long address) throws IOException {
        long start = address & -PAGE_BYTES;
        if (Long.compareUnsigned(start - row.start(), row.end() - row.start()) < 0) {
            return OptionalLong.of(start);
        }
        long end = row.start() + Math.min(row.end() - row.start(), MOST_PAGES * PAGE_BYTES);
        for (long at = row.start(); Long.compareUnsigned(at, end) < 0; at += PAGE_BYTES) {
            if (map.space().translate(at, PAGE_BYTES) instanceof Mapping.Mapped mapped
                    && (mapped.to() & -PAGE_BYTES) == start) {
                return OptionalLong.of(at);
            }
        }
        return OptionalLong.empty();
    }

    private static class AreasLayout implements Layout<AreaPages> {

        @Override
        public void begin(TextWriter out) throws IOException {
            out.line(AreaRow.HEADING);
        }

        @Override
        public void text(AreaPages pages, TextWriter out) throws IOException {
            pages.row().text(out);
            if (pages.page().isPresent()) {
                out.line(PAGE_HEADING);
                page(pages, pages.page().getAsLong(), out);
            }
        }

        static void page(AreaPages pages, long address, TextWriter out) throws IOException {
            Mapping mapping = pages.map().space().translate(address, PAGE_BYTES);
            out.left(Long.toHexString(address), ADDRESS_WIDTH).text("  ");
            if (mapping instanceof Mapping.Mapped mapped) {
                out.hex(mapped.to(), 8).newLine();
            } else {
                out.line(elsewhere(pages, address, mapping));
            }
        }

        /// What the kernel would read the page from.
        private static String elsewhere(AreaPages pages, long address, Mapping mapping) {
            AreaRow row = pages.row();
            if (!mapping.steps().isEmpty()) {
                PageEntry entry =
                        pages.architecture().pageEntry(mapping.steps().getLast().entry());
                if (entry.state() == PageEntry.State.SWAPPED) {
                    return "SWAP: area " + entry.swapArea() + "  OFFSET: " + entry.swapOffset();
                }
            }
            if (row.file().isEmpty()) {
                return "(not mapped)";
            }
            long offset = pages.area().pageOffset() * PAGE_BYTES + address - row.start();
            return "FILE: " + row.file() + "  OFFSET: " + Long.toHexString(offset);
        }

        @Override
        public void members(AreaPages pages, JsonWriter json) throws IOException {
            pages.row().members(json);
            if (pages.page().isPresent()) {
                json.name("page").hex(pages.page().getAsLong());
            }
        }
    }

    /// Each area under its own heading, then a line for each page.
    private static final class PagesLayout extends AreasLayout {

        @Override
        public void begin(TextWriter out) {
            // Each area has a heading of its own.
        }

        @Override
        public void text(AreaPages pages, TextWriter out) throws IOException {
            out.line(AreaRow.HEADING);
            pages.row().text(out);
            out.line(PAGE_HEADING);
            AreaRow row = pages.row();
            for (long at = row.start(); Long.compareUnsigned(at, row.end()) < 0; at += PAGE_BYTES) {
                page(pages, at, out);
            }
        }

        @Override
        public void members(AreaPages pages, JsonWriter json) throws IOException {
            super.members(pages, json);
            AddressSpace space = pages.map().space();
            json.name("pages").beginArray();
            AreaRow row = pages.row();
            for (long at = row.start(); Long.compareUnsigned(at, row.end()) < 0; at += PAGE_BYTES) {
                if (space.translate(at, PAGE_BYTES) instanceof Mapping.Mapped mapped) {
                    json.beginObject()
                            .name("virtual")
                            .hex(at)
                            .name("physical")
                            .hex(mapped.to())
                            .endObject();
                }
            }
            json.endArray();
        }
    }
}
