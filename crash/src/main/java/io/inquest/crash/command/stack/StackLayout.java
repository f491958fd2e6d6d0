package io.inquest.crash.command.stack;

import io.inquest.crash.command.SourceLines;
import io.inquest.crash.result.Layout;
import io.inquest.crash.result.TextWriter;
import io.inquest.kernel.arch.StackArea;
import io.inquest.kernel.stack.Frame;
import io.inquest.kernel.stack.Trust;
import io.inquest.output.JsonWriter;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Stacks in crash's shape.
///
/// A frame that an exception interrupted is its registers; it has a line of its own only where the stack
/// changes. Where a frame is a guess, `(guess)` stands behind it, and what one has to know of a stack stands
/// under it in parentheses: crash says neither.
///
/// @param offsets whether distances from functions are shown, and how
/// @param contents what is shown of the words in each frame
/// @param lines where source lines come from, if they are shown
/// @param locals what tells parameters and local variables, if they are shown
record StackLayout(Offsets offsets, FrameContents contents, Optional<SourceLines> lines, Optional<FrameLocals> locals)
        implements Layout<TaskStack> {

    /// How distances from functions are shown.
    enum Offsets {
        NONE,
        DECIMAL,
        HEXADECIMAL;

        String of(long offset) {
            return switch (this) {
                case NONE -> "";
                case DECIMAL -> "+" + offset;
                case HEXADECIMAL -> "+0x" + Long.toHexString(offset);
            };
        }
    }

    @Override
    public void text(TaskStack row, TextWriter out) throws IOException {
        row.header().text(out);
        out.newLine();
        List<Frame> frames = row.trace().frames();
        if (frames.isEmpty() && !row.trace().end().isProper()) {
            out.line("(no stack)");
        }
        int number = 0;
        for (int i = 0; i < frames.size(); i++) {
            Frame frame = frames.get(i);
            Frame caller = i + 1 < frames.size() ? frames.get(i + 1) : null;
            boolean switched = i > 0 && switchMark(frames.get(i - 1), frame).isPresent();
            if (frame.interrupted()) {
                registers(frame, out);
            }
            if (switched) {
                out.line(switchMark(frames.get(i - 1), frame).orElseThrow());
            }
            if (!frame.user() && (!frame.interrupted() || switched)) {
                line(frame, number++, out);
                sourceLine(frame, out);
                contents.text(frame, caller, out);
            }
            if (locals.isPresent()) {
                locals.get().text(frame, caller, out);
            }
        }
        for (String remark : row.trace().remarks()) {
            out.text("    (").text(remark).line(")");
        }
        if (!row.trace().end().isProper()) {
            out.text("    (").text(row.trace().end().sentence()).line(")");
        }
    }

    private static void registers(Frame frame, TextWriter out) throws IOException {
        if (!frame.user()) {
            exceptionRip(frame, out);
        }
        if (frame.registers().isPresent()) {
            RegisterBlock.text(frame.registers().get(), out);
        }
    }

    /// Where the kernel was interrupted; crash leaves out an offset of 0.
    private static void exceptionRip(Frame frame, TextWriter out) throws IOException {
        String function = frame.function().isEmpty() ? "unknown or invalid address" : frame.function();
        out.text("    [exception RIP: ")
                .text(function)
                .text(frame.offset() == 0 ? "" : "+" + frame.offset())
                .line("]");
    }

    /// What tells that the caller ran on another stack; names the one that is left.
    private static Optional<String> switchMark(Frame callee, Frame caller) {
        if (callee.stack().isEmpty() || caller.user() || callee.stack().equals(caller.stack())) {
            return Optional.empty();
        }
        StackArea left = callee.stack().get();
        return switch (left.kind()) {
            case IRQ -> Optional.of("--- <IRQ stack> ---");
            case EXCEPTION -> Optional.of("--- <" + left.name() + " exception stack> ---");
            case TASK, ENTRY -> Optional.empty();
        };
    }

    private void line(Frame frame, int number, TextWriter out) throws IOException {
        out.text(number < 10 ? " #" : "#")
                .number(number)
                .text(" [")
                .zeroHex(frame.slot(), 16)
                .text("] ");
        out.text(frame.function().isEmpty() ? "(unknown or invalid address)" : frame.function());
        out.text(frame.function().isEmpty() ? "" : offsets.of(frame.offset()));
        out.text(" at ").hex(frame.address());
        if (!frame.module().isEmpty()) {
            out.text(" [").text(frame.module()).text("]");
        }
        out.line(frame.trust() == Trust.GUESSED ? "  (guess)" : "");
    }

    private void sourceLine(Frame frame, TextWriter out) throws IOException {
        Optional<String> line = lines.flatMap(known -> sourceLine(known, frame));
        if (line.isPresent()) {
            out.text("    ").line(line.get());
        }
    }

    private static Optional<String> sourceLine(SourceLines lines, Frame frame) {
        return frame.interrupted() ? lines.at(frame.address()) : lines.ofCallBefore(frame.address());
    }

    @Override
    public void between(TextWriter out) throws IOException {
        out.newLine();
    }

    @Override
    public void members(TaskStack row, JsonWriter json) throws IOException {
        row.header().members(json);
        json.name("frames").beginArray();
        List<Frame> frames = row.trace().frames();
        for (int i = 0; i < frames.size(); i++) {
            json.beginObject();
            frame(frames.get(i), json);
            if (locals.isPresent()) {
                locals.get().members(frames.get(i), i + 1 < frames.size() ? frames.get(i + 1) : null, json);
            }
            json.endObject();
        }
        json.endArray();
        json.name("complete").value(row.trace().end().isProper());
        json.name("remarks").beginArray();
        for (String remark : row.trace().remarks()) {
            json.value(remark);
        }
        if (!row.trace().end().isProper()) {
            json.value(row.trace().end().sentence());
        }
        json.endArray();
    }

    private void frame(Frame frame, JsonWriter json) throws IOException {
        json.name("address").hex(frame.address()).name("slot").hex(frame.slot());
        if (!frame.function().isEmpty()) {
            json.name("function").value(frame.function()).name("offset").value(frame.offset());
        }
        if (!frame.module().isEmpty()) {
            json.name("module").value(frame.module());
        }
        Optional<String> line = lines.flatMap(known -> sourceLine(known, frame));
        if (line.isPresent()) {
            json.name("line").value(line.get());
        }
        if (frame.stack().isPresent()) {
            json.name("stack").value(frame.stack().get().name());
        }
        json.name("user").value(frame.user()).name("interrupted").value(frame.interrupted());
        json.name("foundBy").value(frame.foundBy().words()).name("trust").value(trust(frame.trust()));
        if (frame.registers().isPresent()) {
            json.name("registers");
            RegisterBlock.write(frame.registers().get(), json);
        }
    }

    private static String trust(Trust trust) {
        return switch (trust) {
            case CERTAIN -> "certain";
            case LIKELY -> "likely";
            case GUESSED -> "guessed";
        };
    }
}
