package io.inquest.crash.command.stack;

import io.inquest.crash.result.Layout;
import io.inquest.crash.result.Result;
import io.inquest.crash.result.RowSource;
import io.inquest.crash.result.TextWriter;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.arch.StackArea;
import io.inquest.kernel.stack.SavedBlock;
import io.inquest.kernel.task.Cpu;
import io.inquest.output.JsonWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// `bt -E`: registers that exceptions may have saved on a stack for interrupts or exceptions, whatever task ran.
///
/// The stack of an NMI holds copies of what the processor pushed, and each of them looks like a block.
///
/// @param stack `NMI EXCEPTION STACK`
record CpuExceptions(int cpu, String stack, List<SavedBlock> blocks) {

    /// Interrupt stacks of all CPUs first, as crash shows them.
    static Result of(Kernel kernel, List<Cpu> cpus) throws IOException {
        List<CpuExceptions> rows = new ArrayList<>();
        for (Cpu cpu : cpus) {
            for (StackArea area : kernel.stacks().areas(cpu)) {
                if (area.kind() == StackArea.Kind.IRQ) {
                    rows.add(new CpuExceptions(
                            cpu.number(), "IRQ STACK", kernel.stacks().savedBlocks(area)));
                }
            }
        }
        for (Cpu cpu : cpus) {
            for (StackArea area : kernel.stacks().areas(cpu)) {
                if (area.kind() == StackArea.Kind.EXCEPTION) {
                    String name = area.name() + " EXCEPTION STACK";
                    rows.add(new CpuExceptions(
                            cpu.number(), name, kernel.stacks().savedBlocks(area)));
                }
            }
        }
        return Result.rows("stacks", RowSource.of(rows), new ExceptionsLayout());
    }

    private static final class ExceptionsLayout implements Layout<CpuExceptions> {

        @Override
        public void text(CpuExceptions row, TextWriter out) throws IOException {
            out.text("CPU ").number(row.cpu()).text(" ").text(row.stack()).line(":");
            if (row.blocks().isEmpty()) {
                out.line("(none found)");
            }
            for (SavedBlock block : row.blocks()) {
                ExceptionFrames.text(block, out);
            }
            out.newLine();
        }

        @Override
        public void members(CpuExceptions row, JsonWriter json) throws IOException {
            json.name("cpu").value(row.cpu()).name("stack").value(row.stack());
            ExceptionFrames.write(row.blocks(), json);
        }
    }
}
