package io.inquest.crash.command.kmem;

import io.inquest.crash.result.Layout;
import io.inquest.crash.result.TextWriter;
import io.inquest.dump.MemoryFault;
import io.inquest.kernel.slab.SlabCache;
import io.inquest.kernel.slab.SlabContents;
import io.inquest.kernel.slab.SlabUsage;
import io.inquest.output.JsonWriter;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/// A slab cache and how full it is.
///
/// @param usage empty when it is not known
/// @param missing a sentence that tells what of the usage is not known, empty for nothing
/// @param remark in place of the usage, empty for none
record SlabRow(SlabCache cache, Optional<SlabUsage> usage, String missing, String remark) {

    static final Layout<SlabRow> USAGE = new UsageLayout();
    static final Layout<SlabRow> NAMES = new NamesLayout();

    private static final int PAGE_KIB = 4;

    /// What the dump lacks, the row tells as `?`.
    static SlabRow of(SlabCache cache, SlabContents contents) throws IOException {
        try {
            SlabUsage usage = contents.usage();
            return new SlabRow(cache, Optional.of(usage), usage.end().sentence(), "");
        } catch (MemoryFault missing) {
            return new SlabRow(cache, Optional.empty(), missing.getMessage(), "");
        }
    }

    static SlabRow ignored(SlabCache cache) {
        return new SlabRow(cache, Optional.empty(), "", "[IGNORED]");
    }

    /// Objects in use, if they are known.
    private OptionalLong allocated() {
        return usage.map(SlabUsage::allocated).orElse(OptionalLong.empty());
    }

    private long slabKib() {
        return (long) PAGE_KIB << cache.order();
    }

    private static final class UsageLayout implements Layout<SlabRow> {

        @Override
        public void begin(TextWriter out) throws IOException {
            out.line("CACHE             OBJSIZE  ALLOCATED     TOTAL  SLABS  SSIZE  NAME");
        }

        @Override
        public void text(SlabRow row, TextWriter out) throws IOException {
            out.hex(row.cache().address(), 16).text(" ");
            if (!row.remark().isEmpty()) {
                out.text(row.remark()).text("  ").line(row.cache().name());
                return;
            }
            out.right(row.cache().objectBytes(), 8).text("  ");
            Optional<SlabUsage> usage = row.usage();
            OptionalLong allocated = row.allocated();
            out.right(allocated.isPresent() ? Long.toString(allocated.getAsLong()) : "?", 9)
                    .text("  ");
            out.right(usage.map(known -> Long.toString(known.objects())).orElse("?"), 8)
                    .text("  ");
            out.right(usage.map(known -> Long.toString(known.slabs())).orElse("?"), 5)
                    .text("  ");
            out.right(row.slabKib(), 4).text("k  ").line(row.cache().name());
        }

        @Override
        public void members(SlabRow row, JsonWriter json) throws IOException {
            json.name("cache")
                    .hex(row.cache().address())
                    .name("name")
                    .value(row.cache().name());
            json.name("objectBytes").value(row.cache().objectBytes());
            json.name("slabBytes").value(row.slabKib() * 1024);
            if (row.usage().isPresent()) {
                OptionalLong allocated = row.allocated();
                if (allocated.isPresent()) {
                    json.name("allocated").value(allocated.getAsLong());
                }
                json.name("objects").value(row.usage().get().objects());
                json.name("slabs").value(row.usage().get().slabs());
            }
        }
    }

    private static final class NamesLayout implements Layout<SlabRow> {

        @Override
        public void text(SlabRow row, TextWriter out) throws IOException {
            out.hex(row.cache().address(), 16).text(" ").line(row.cache().name());
        }

        @Override
        public void members(SlabRow row, JsonWriter json) throws IOException {
            json.name("cache")
                    .hex(row.cache().address())
                    .name("name")
                    .value(row.cache().name());
        }
    }
}
