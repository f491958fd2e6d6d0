package io.inquest.crash.command.type;

import io.inquest.crash.result.Layout;
import io.inquest.crash.result.TextWriter;
import io.inquest.crash.value.Value;
import io.inquest.crash.value.ValueJson;
import io.inquest.crash.value.ValueText;
import io.inquest.kernel.object.KernelObject;
import io.inquest.kernel.type.ArrayType;
import io.inquest.kernel.type.FunctionType;
import io.inquest.output.JsonWriter;
import java.io.IOException;

/// Values of expressions, numbered as in gdb: `jiffies = $6 = 4295312345`.
///
/// @param values how they are spelled
record ValueLayout(ValueText values) implements Layout<ValueLayout.Answer> {

    /// One value.
    ///
    /// @param label what stands before the number, such as `jiffies = `
    record Answer(String label, int number, Value value) {}

    @Override
    public void text(Answer row, TextWriter out) throws IOException {
        String text = values.answer(row.value());
        out.text(row.label()).text("$").number(row.number()).text(" = ");
        // As crash does, which is how gdb prints them below a name.
        boolean onALineOfItsOwn = !row.label().isEmpty()
                && text.startsWith("{")
                && (row.value().type().plain() instanceof ArrayType
                        || row.value().type().plain() instanceof FunctionType);
        if (onALineOfItsOwn) {
            out.newLine().text(" ");
        }
        out.lines(text).newLine();
    }

    @Override
    public void members(Answer row, JsonWriter json) throws IOException {
        json.name("number")
                .value(row.number())
                .name("type")
                .value(row.value().type().name());
        KernelObject place = row.value().place();
        ValueJson value = new ValueJson(json, ValueText.DEFAULT_ELEMENTS);
        if (place == null) {
            json.name("value");
            value.value(row.value().type(), row.value().computed());
        } else {
            json.name("address").hex(place.address()).name("value");
            value.value(place);
        }
    }
}
