package io.inquest.crash.command.code;

import io.inquest.crash.code.AddressNames;
import io.inquest.crash.result.Layout;
import io.inquest.crash.result.TextWriter;
import io.inquest.output.JsonWriter;
import java.io.IOException;

/// `0xffffffff8103eacb <name+11>:` and the instruction behind a tab; the source line on a line of its own before.
///
/// @param names what addresses are called
/// @param margin what stands before each line
record CodeLayout(AddressNames names, String margin) implements Layout<CodeRow> {

    @Override
    public void text(CodeRow row, TextWriter out) throws IOException {
        if (row.source().isPresent()) {
            out.line(row.source().get());
        }
        String place = row.place().map(names::spelled).orElse("");
        out.text(margin + "0x").hex(row.instruction().address()).text(place);
        out.lines(":\t").line(row.instruction().text(names));
    }

    @Override
    public void members(CodeRow row, JsonWriter json) throws IOException {
        json.name("address").hex(row.instruction().address());
        json.name("symbol")
                .value(row.place().map(place -> place.symbol().name()).orElse(""));
        json.name("offset").value(row.place().map(place -> place.offset()).orElse(0L));
        json.name("bytes").value(row.instruction().length());
        json.name("instruction").value(row.instruction().text(names));
        json.name("source").value(row.source().orElse(""));
    }
}
