package io.inquest.crash.command.memory;

import io.inquest.crash.UsageException;
import io.inquest.crash.command.Command;
import io.inquest.crash.command.Declaration;
import io.inquest.crash.command.Invocation;
import io.inquest.crash.command.type.CpuSpec;
import io.inquest.crash.result.Ending;
import io.inquest.crash.result.Layout;
import io.inquest.crash.result.Result;
import io.inquest.crash.result.RowSource;
import io.inquest.crash.result.TextWriter;
import io.inquest.kernel.Kernel;
import io.inquest.output.JsonWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/// `ptov`: where the kernel sees a physical address, and where a CPU has a per-CPU variable.
public final class PtovCommand implements Command {

    private static final Declaration DECLARATION = Declaration.of("ptov", "physical address to virtual address")
            .takes("address | offset:cpus", 1, Declaration.ANY_NUMBER)
            .details("An offset with CPUs behind a colon is that of per-CPU memory.")
            .example("ptov 56e312c", "the address in the direct map")
            .example("ptov b0c0:a", "a per-CPU offset for all CPUs");

    private static final int WIDTH = 16;

    /// An address on both sides.
    record Row(long physical, long virtual) {}

    /// A CPU's own copy of per-CPU memory.
    record Copy(int cpu, long virtual) {}

    @Override
    public Declaration declaration() {
        return DECLARATION;
    }

    @Override
    public Result run(Invocation invocation) throws IOException {
        return Result.separated(sink -> {
            for (String word : invocation.words()) {
                CpuSpec spec = CpuSpec.parse(word);
                sink.take(spec.isGiven() ? perCpu(invocation, spec) : direct(invocation, word));
            }
            return Ending.COMPLETE;
        });
    }

    private static Result direct(Invocation invocation, String word) throws IOException {
        long physical = invocation.address(word);
        OptionalLong virtual = invocation.kernel().pageTables().directMap(physical);
        if (virtual.isEmpty()) {
            throw new UsageException("the dump does not have the page tables of the direct map");
        }
        return Result.one(new Row(physical, virtual.getAsLong()), new RowLayout());
    }

    private static Result perCpu(Invocation invocation, CpuSpec spec) throws IOException {
        Kernel kernel = invocation.kernel();
        long offset = invocation.address(spec.word());
        List<Copy> copies = new ArrayList<>();
        for (int cpu : spec.cpus(invocation)) {
            copies.add(new Copy(cpu, kernel.perCpu().address(offset, cpu)));
        }
        return Result.rows("copies", RowSource.of(copies), new CopyLayout(offset));
    }

    private static final class RowLayout implements Layout<Row> {

        @Override
        public void text(Row row, TextWriter out) throws IOException {
            out.left("VIRTUAL", WIDTH).text("  ").left("PHYSICAL", WIDTH).newLine();
            out.left(Long.toHexString(row.virtual()), WIDTH).text("  ");
            out.left(Long.toHexString(row.physical()), WIDTH).newLine();
        }

        @Override
        public void members(Row row, JsonWriter json) throws IOException {
            json.name("virtual").hex(row.virtual()).name("physical").hex(row.physical());
        }
    }

    private record CopyLayout(long offset) implements Layout<Copy> {

        @Override
        public void begin(TextWriter out) throws IOException {
            out.text("PER-CPU OFFSET: ").hex(offset).newLine();
            out.text("  CPU    ").left("VIRTUAL", WIDTH).newLine();
        }

        @Override
        public void text(Copy row, TextWriter out) throws IOException {
            out.text("  [").number(row.cpu()).text("]  ").hex(row.virtual()).newLine();
        }

        @Override
        public void members(Copy row, JsonWriter json) throws IOException {
            json.name("cpu").value(row.cpu()).name("virtual").hex(row.virtual());
        }
    }
}
