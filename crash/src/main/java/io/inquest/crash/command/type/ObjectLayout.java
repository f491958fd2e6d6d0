package io.inquest.crash.command.type;

import io.inquest.crash.result.Layout;
import io.inquest.crash.result.TextWriter;
import io.inquest.crash.value.ValueJson;
import io.inquest.crash.value.ValueText;
import io.inquest.kernel.object.KernelObject;
import io.inquest.output.JsonWriter;
import java.io.IOException;

/// A struct with all of its members, as `struct` shows it.
///
/// @param values how values are spelled
public record ObjectLayout(ValueText values) implements Layout<KernelObject> {

    @Override
    public void text(KernelObject object, TextWriter out) throws IOException {
        out.lines(object.type().name()).text(" ").lines(values.of(object, 0)).newLine();
    }

    @Override
    public void members(KernelObject object, JsonWriter json) throws IOException {
        json.name("address")
                .hex(object.address())
                .name("type")
                .value(object.type().name())
                .name("value");
        new ValueJson(json, ValueText.DEFAULT_ELEMENTS).value(object);
    }
}
