package io.inquest.crash.command.kmem;

import io.inquest.crash.result.Ending;
import io.inquest.crash.result.Layout;
import io.inquest.crash.result.Result;
import io.inquest.crash.result.TextWriter;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.zone.MemoryTotals;
import io.inquest.output.JsonWriter;
import java.io.IOException;
import java.util.OptionalLong;

/// `kmem -i`: what all memory is used for, in pages.
///
/// @param shared pages with several users, if they were counted
record TotalsPart(OptionalLong shared) implements Layout<MemoryTotals> {

    private static final long PAGE_BYTES = 4096;
    private static final long KIB = 1024;

    /// Counts shared pages only if asked, since that reads all struct pages.
    static Result of(Kernel kernel, boolean countShared) throws IOException {
        if (!countShared) {
            return of(MemoryTotals.of(kernel));
        }
        SharedPages pages = SharedPages.of(kernel);
        MemoryTotals totals = MemoryTotals.of(kernel);
        Ending ending = ending(totals).and(pages.ending());
        return Result.one(totals, new TotalsPart(OptionalLong.of(pages.count())), ending);
    }

    static Result of(MemoryTotals totals) {
        return Result.one(totals, new TotalsPart(OptionalLong.empty()), ending(totals));
    }

    private static Ending ending(MemoryTotals totals) {
        return totals.buffersEnd().isComplete()
                ? Ending.COMPLETE
                : Ending.incomplete("BUFFERS is not known, CACHED includes it: "
                        + totals.buffersEnd().sentence());
    }

    @Override
    public void text(MemoryTotals row, TextWriter out) throws IOException {
        out.line("                 PAGES        TOTAL      PERCENTAGE");
        first(out, "TOTAL MEM", row.total());
        String of = "TOTAL MEM";
        share(out, "FREE", row.free(), row.total(), of);
        share(out, "USED", row.used(), row.total(), of);
        if (shared.isPresent()) {
            share(out, "SHARED", shared.getAsLong(), row.total(), of);
        }
        buffers(out, row);
        share(out, "CACHED", row.cached(), row.total(), of);
        share(out, "SLAB", row.slab(), row.total(), of);
        out.newLine();
        first(out, "TOTAL HUGE", row.huge());
        share(out, "HUGE FREE", row.hugeFree(), row.huge(), "TOTAL HUGE");
        out.newLine();
        first(out, "TOTAL SWAP", row.swap());
        share(out, "SWAP USED", row.swap() - row.swapFree(), row.swap(), "TOTAL SWAP");
        share(out, "SWAP FREE", row.swapFree(), row.swap(), "TOTAL SWAP");
        out.newLine();
        first(out, "COMMIT LIMIT", row.commitLimit());
        share(out, "COMMITTED", row.committed(), row.commitLimit(), "TOTAL LIMIT");
    }

    /// No number where the block devices could not all be visited: 0 would be a lie.
    private static void buffers(TextWriter out, MemoryTotals row) throws IOException {
        if (row.buffersEnd().isComplete()) {
            share(out, "BUFFERS", row.buffers(), row.total(), "TOTAL MEM");
        } else {
            out.right("BUFFERS", 13).text("  ").right("?", 7).text("  ").right("?", 11);
            out.text("  ").right("?", 3).line("% of TOTAL MEM");
        }
    }

    private static void first(TextWriter out, String label, long pages) throws IOException {
        amount(out, label, pages);
        out.line("         ----");
    }

    private static void share(TextWriter out, String label, long pages, long of, String what) throws IOException {
        amount(out, label, pages);
        out.text("  ").right(of == 0 ? 0 : pages * 100 / of, 3).text("% of ").line(what);
    }

    private static void amount(TextWriter out, String label, long pages) throws IOException {
        out.right(label, 13).text("  ").right(pages, 7).text("  ").right(size(pages), 11);
    }

    /// `7.5 GB`, `12 MB`, `80 KB`; `0` for nothing.
    static String size(long pages) {
        double bytes = pages * (double) PAGE_BYTES;
        if (pages == 0) {
            return "0";
        }
        if (bytes >= KIB * KIB * KIB) {
            return tenths(bytes / (KIB * KIB * KIB)) + " GB";
        }
        return bytes >= KIB * KIB ? tenths(bytes / (KIB * KIB)) + " MB" : (long) (bytes / KIB) + " KB";
    }

    /// As `%.1f` of C, which takes the even digit where both are as near: `12.2` for 12.25.
    private static String tenths(double value) {
        long tenths = (long) Math.rint(value * 10);
        return tenths / 10 + (tenths % 10 == 0 ? "" : "." + tenths % 10);
    }

    @Override
    public void members(MemoryTotals row, JsonWriter json) throws IOException {
        json.name("total")
                .value(row.total())
                .name("free")
                .value(row.free())
                .name("used")
                .value(row.used());
        if (shared.isPresent()) {
            json.name("shared").value(shared.getAsLong());
        }
        json.name("buffers");
        if (row.buffersEnd().isComplete()) {
            json.value(row.buffers());
        } else {
            json.nullValue();
        }
        json.name("cached").value(row.cached());
        json.name("slab").value(row.slab());
        json.name("huge").value(row.huge()).name("hugeFree").value(row.hugeFree());
        json.name("swap").value(row.swap()).name("swapFree").value(row.swapFree());
        json.name("commitLimit").value(row.commitLimit()).name("committed").value(row.committed());
        json.name("unit").value("pages");
    }
}
