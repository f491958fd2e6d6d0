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

/// An area of a task's memory whose pages may be asked for.
record AreaPages(AreaRow row, MemoryArea area, MemoryMap map, Architecture architecture) {

    static final Layout<AreaPages> AREAS = new AreasLayout();
    static final Layout<AreaPages> WITH_PAGES = new PagesLayout();

    private static final long PAGE_BYTES = 4096;

    private static class AreasLayout implements Layout<AreaPages> {

        @Override
        public void begin(TextWriter out) throws IOException {
            out.line(AreaRow.HEADING);
        }

        @Override
        public void text(AreaPages pages, TextWriter out) throws IOException {
            pages.row().text(out);
        }

        @Override
        public void members(AreaPages pages, JsonWriter json) throws IOException {
            pages.row().members(json);
        }
    }

    /// Each area under its own heading, then a line for each page.
    private static final class PagesLayout extends AreasLayout {

        private static final int WIDTH = 10;

        @Override
        public void begin(TextWriter out) {
            // Each area has a heading of its own.
        }

        @Override
        public void text(AreaPages pages, TextWriter out) throws IOException {
            out.line(AreaRow.HEADING);
            pages.row().text(out);
            out.line("VIRTUAL     PHYSICAL");
            AddressSpace space = pages.map().space();
            AreaRow row = pages.row();
            for (long at = row.start(); Long.compareUnsigned(at, row.end()) < 0; at += PAGE_BYTES) {
                Mapping mapping = space.translate(at, PAGE_BYTES);
                out.left(Long.toHexString(at), WIDTH).text("  ");
                if (mapping instanceof Mapping.Mapped mapped) {
                    out.hex(mapped.to(), 8).newLine();
                } else {
                    out.line(elsewhere(pages, at, mapping));
                }
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
