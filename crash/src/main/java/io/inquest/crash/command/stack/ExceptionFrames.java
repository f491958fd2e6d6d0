package io.inquest.crash.command.stack;

import io.inquest.crash.command.TaskHeader;
import io.inquest.crash.result.Layout;
import io.inquest.crash.result.TextWriter;
import io.inquest.kernel.arch.Registers;
import io.inquest.kernel.stack.Frame;
import io.inquest.output.JsonWriter;
import java.io.IOException;
import java.util.List;

/// `bt -e`: where exceptions, interrupts and system calls came, with all registers.
record ExceptionFrames(TaskHeader header, List<Frame> frames) {

    static ExceptionFrames of(TaskStack stack) {
        return new ExceptionFrames(
                stack.header(),
                stack.trace().frames().stream()
                        .filter(frame ->
                                frame.interrupted() && frame.registers().isPresent())
                        .toList());
    }

    static final class FramesLayout implements Layout<ExceptionFrames> {

        @Override
        public void text(ExceptionFrames row, TextWriter out) throws IOException {
            row.header().text(out);
            out.newLine();
            for (Frame frame : row.frames()) {
                out.newLine();
                out.text(frame.user() ? "  USER-MODE" : "  KERNEL-MODE").line(" EXCEPTION FRAME:");
                if (!frame.user() && !frame.function().isEmpty()) {
                    out.text("    [exception RIP: ")
                            .text(frame.function())
                            .text("+")
                            .number(frame.offset())
                            .line("]");
                }
                Registers registers = frame.registers().orElseThrow();
                RegisterBlock.text(registers, out);
            }
        }

        @Override
        public void between(TextWriter out) throws IOException {
            out.newLine();
        }

        @Override
        public void members(ExceptionFrames row, JsonWriter json) throws IOException {
            row.header().members(json);
            json.name("exceptionFrames").beginArray();
            for (Frame frame : row.frames()) {
                json.beginObject().name("user").value(frame.user()).name("registers");
                RegisterBlock.write(frame.registers().orElseThrow(), json);
                json.endObject();
            }
            json.endArray();
        }
    }
}
