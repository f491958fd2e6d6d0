package io.inquest.crash.result;

import io.inquest.output.JsonWriter;
import java.io.IOException;

/// Lines as they are.
final class TextLayout implements Layout<String> {

    static final TextLayout INSTANCE = new TextLayout();

    private TextLayout() {}

    @Override
    public void text(String lines, TextWriter out) throws IOException {
        out.lines(lines);
    }

    @Override
    public void members(String lines, JsonWriter json) throws IOException {
        json.name("text").value(lines);
    }
}
