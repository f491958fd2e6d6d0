package io.inquest.crash.command.stack;

import io.inquest.crash.command.TaskHeader;
import io.inquest.crash.result.Layout;
import io.inquest.crash.result.TextWriter;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.arch.StackArea;
import io.inquest.kernel.stack.Frame;
import io.inquest.kernel.stack.SavedBlock;
import io.inquest.output.JsonWriter;
import java.io.IOException;
import java.util.List;

/// `bt -e`: where exceptions, interrupts and system calls came, with all registers, as far as a task's own stack
/// shows it.
record ExceptionFrames(TaskHeader header, List<SavedBlock> blocks) {

    /// Of the part of the stack in use: below it lie the registers of earlier exceptions.
    static ExceptionFrames of(Kernel kernel, TaskStack stack) throws IOException {
        long low = stack.task().stack();
        long high = low + kernel.stacks().taskStackBytes();
        StackArea whole = new StackArea(StackArea.Kind.TASK, "TASK", low, high);
        long start = stack.trace().frames().stream()
                .filter(frame -> !frame.user() && whole.contains(frame.slot()))
                .map(Frame::slot)
                .findFirst()
                .orElse(low);
        StackArea used = new StackArea(StackArea.Kind.TASK, "TASK", start, high);
        return new ExceptionFrames(
                stack.header(), low == 0 ? List.of() : kernel.stacks().savedBlocks(used));
    }

    static void text(SavedBlock block, TextWriter out) throws IOException {
        out.newLine();
        out.text(block.user() ? "  USER-MODE" : "  KERNEL-MODE")
                .text(" EXCEPTION FRAME AT: ")
                .hex(block.address())
                .newLine();
        if (block.place().isPresent()) {
            out.text("    [exception RIP: ")
                    .text(block.place().get().symbol().name())
                    .text("+")
                    .number(block.place().get().offset())
                    .line("]");
        }
        RegisterBlock.text(block.registers(), out);
    }

    static void write(List<SavedBlock> blocks, JsonWriter json) throws IOException {
        json.name("exceptionFrames").beginArray();
        for (SavedBlock block : blocks) {
            json.beginObject().name("address").hex(block.address()).name("user").value(block.user());
            if (block.place().isPresent()) {
                json.name("function").value(block.place().get().symbol().name());
                json.name("offset").value(block.place().get().offset());
            }
            json.name("registers");
            RegisterBlock.write(block.registers(), json);
            json.endObject();
        }
        json.endArray();
    }

    static final class FramesLayout implements Layout<ExceptionFrames> {

        @Override
        public void text(ExceptionFrames row, TextWriter out) throws IOException {
            row.header().text(out);
            out.newLine();
            for (SavedBlock block : row.blocks()) {
                ExceptionFrames.text(block, out);
            }
        }

        @Override
        public void between(TextWriter out) throws IOException {
            out.newLine();
        }

        @Override
        public void members(ExceptionFrames row, JsonWriter json) throws IOException {
            row.header().members(json);
            write(row.blocks(), json);
        }
    }
}
