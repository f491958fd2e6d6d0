package io.inquest.crash.command.kmem;

import io.inquest.crash.result.Layout;
import io.inquest.crash.result.Result;
import io.inquest.crash.result.RowSource;
import io.inquest.crash.result.TextWriter;
import io.inquest.kernel.Kernel;
import io.inquest.output.JsonWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// `kmem -o`: what is added to the address of a per-CPU variable.
final class PerCpuPart implements Layout<PerCpuPart.Row> {

    private PerCpuPart() {}

    /// The offset of a CPU.
    record Row(int cpu, long offset) {}

    static Result of(Kernel kernel) throws IOException {
        List<Row> rows = new ArrayList<>();
        for (int cpu : kernel.perCpu().possible().cpus()) {
            rows.add(new Row(cpu, kernel.perCpu().address(0, cpu)));
        }
        return Result.rows("offsets", RowSource.of(rows), new PerCpuPart());
    }

    @Override
    public void begin(TextWriter out) throws IOException {
        out.line("PER-CPU OFFSET VALUES:");
    }

    @Override
    public void text(Row row, TextWriter out) throws IOException {
        out.text("  CPU ").number(row.cpu()).text(": ").hex(row.offset()).newLine();
    }

    @Override
    public void members(Row row, JsonWriter json) throws IOException {
        json.name("cpu").value(row.cpu()).name("offset").hex(row.offset());
    }
}
