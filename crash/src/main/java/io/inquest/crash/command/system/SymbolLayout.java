package io.inquest.crash.command.system;

import io.inquest.crash.command.SourceLines;
import io.inquest.crash.result.Layout;
import io.inquest.crash.result.TextWriter;
import io.inquest.kernel.symbol.Place;
import io.inquest.kernel.symbol.Symbol;
import io.inquest.output.JsonWriter;
import java.io.IOException;

/// `c0109944 (T) system_call+52 [module]`, of code with its source line where that is known.
///
/// @param hexadecimal whether distances from the symbol are
record SymbolLayout(boolean hexadecimal, SourceLines lines) implements Layout<Place> {

    @Override
    public void text(Place row, TextWriter out) throws IOException {
        Symbol symbol = row.symbol();
        out.hex(row.address()).text(" (" + symbol.type() + ") ").text(symbol.name());
        if (row.offset() != 0) {
            out.text(hexadecimal ? "+0x" + Long.toHexString(row.offset()) : "+" + row.offset());
        }
        out.text(symbol.module().isEmpty() ? "" : " [" + symbol.module() + "]");
        String line = symbol.isText() ? lines.at(row.address()).orElse("") : "";
        out.line(line.isEmpty() ? "" : " " + line);
    }

    @Override
    public void members(Place row, JsonWriter json) throws IOException {
        json.name("address")
                .hex(row.address())
                .name("type")
                .value(String.valueOf(row.symbol().type()));
        json.name("symbol").value(row.symbol().name()).name("offset").value(row.offset());
        json.name("bytes")
                .value(row.symbol().bytes())
                .name("module")
                .value(row.symbol().module());
    }
}
