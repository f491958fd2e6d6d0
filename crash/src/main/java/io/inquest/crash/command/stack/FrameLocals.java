package io.inquest.crash.command.stack;

import io.inquest.crash.result.TextWriter;
import io.inquest.crash.value.ValueJson;
import io.inquest.crash.value.ValueText;
import io.inquest.kernel.Vmlinux;
import io.inquest.kernel.dwarf.LocalVariable;
import io.inquest.kernel.stack.Frame;
import io.inquest.kernel.stack.Trust;
import io.inquest.output.JsonWriter;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Parameters and local variables of frames, `bt --locals`: a line `name = value` for each, those of functions
/// that were inlined with the function before the name.
///
/// @param values how values are spelled
record FrameLocals(Vmlinux vmlinux, ValueText values) {

    /// Levels of two blanks before a line.
    private static final int DEPTH = 4;

    void text(Frame frame, @Nullable Frame caller, TextWriter out) throws IOException {
        for (LocalVariable variable : of(frame, caller)) {
            out.blanks(2 * DEPTH);
            if (!isOwn(variable, frame)) {
                out.text(variable.function()).text(": ");
            }
            out.text(variable.name()).text(" = ").lines(value(variable)).newLine();
        }
    }

    private String value(LocalVariable variable) {
        if (variable.object().isPresent()) {
            return values.of(variable.object().get(), DEPTH);
        }
        boolean gone = variable.missing().contains("optimized out")
                || variable.missing().contains("at the entry");
        return gone ? "<optimized out>" : "<" + variable.missing() + ">";
    }

    void members(Frame frame, @Nullable Frame caller, JsonWriter json) throws IOException {
        json.name("locals").beginArray();
        for (LocalVariable variable : of(frame, caller)) {
            json.beginObject().name("function").value(variable.function());
            json.name("name")
                    .value(variable.name())
                    .name("type")
                    .value(variable.type().name());
            json.name("parameter").value(variable.parameter());
            if (variable.object().isPresent()) {
                json.name("value");
                new ValueJson(json, ValueText.DEFAULT_ELEMENTS)
                        .value(variable.object().get());
            } else {
                json.name("missing").value(variable.missing());
            }
            json.endObject();
        }
        json.endArray();
    }

    /// Of a frame that is a guess nobody may say what its function was called with.
    private List<LocalVariable> of(Frame frame, @Nullable Frame caller) throws IOException {
        if (frame.user() || frame.trust() == Trust.GUESSED) {
            return List.of();
        }
        OptionalLong above = caller == null || caller.user() || !caller.stack().equals(frame.stack())
                ? OptionalLong.empty()
                : OptionalLong.of(caller.stackPointer());
        return vmlinux.locals().of(frame.state(), above);
    }

    /// Whether a variable is of the frame's function: a part of which has the name with a dot and more behind it.
    private static boolean isOwn(LocalVariable variable, Frame frame) {
        String function = frame.function();
        return function.equals(variable.function()) || function.startsWith(variable.function() + ".");
    }
}
