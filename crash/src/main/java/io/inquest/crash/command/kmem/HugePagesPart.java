package io.inquest.crash.command.kmem;

import io.inquest.crash.result.Layout;
import io.inquest.crash.result.Result;
import io.inquest.crash.result.RowSource;
import io.inquest.crash.result.TextWriter;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.zone.HugePages;
import io.inquest.output.JsonWriter;
import java.io.IOException;

/// `kmem -h`: pools of huge pages.
final class HugePagesPart implements Layout<HugePages> {

    private static final int PAGE_SHIFT = 12;

    private HugePagesPart() {}

    static Result of(Kernel kernel) throws IOException {
        return Result.rows("pools", RowSource.of(HugePages.of(kernel)), new HugePagesPart());
    }

    @Override
    public void begin(TextWriter out) throws IOException {
        out.line("     HSTATE        SIZE    FREE   TOTAL  NAME");
    }

    @Override
    public void text(HugePages pool, TextWriter out) throws IOException {
        out.hex(pool.address(), 16).text("  ").right(size(pool.order() + PAGE_SHIFT), 5);
        out.text("  ").right(pool.free(), 6).text("  ").right(pool.total(), 6);
        out.text("  ").line(pool.name());
    }

    /// `2MB` for 21.
    private static String size(int shift) {
        String[] units = {"B", "KB", "MB", "GB", "TB"};
        int unit = Math.clamp(shift / 10, 0, units.length - 1);
        return (1L << (shift - 10 * unit)) + units[unit];
    }

    @Override
    public void members(HugePages pool, JsonWriter json) throws IOException {
        json.name("hstate").hex(pool.address()).name("name").value(pool.name());
        json.name("bytes").value(1L << (pool.order() + PAGE_SHIFT));
        json.name("free").value(pool.free()).name("total").value(pool.total());
    }
}
