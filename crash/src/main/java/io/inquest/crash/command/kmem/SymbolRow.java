package io.inquest.crash.command.kmem;

import io.inquest.crash.result.Layout;
import io.inquest.crash.result.TextWriter;
import io.inquest.kernel.symbol.Symbol;
import io.inquest.output.JsonWriter;
import java.io.IOException;

/// An address that lies in what a symbol names: `ffffffff9b610948 (D) init_task+8`.
///
/// @param offset of the address from the symbol, in bytes
record SymbolRow(long address, Symbol symbol, long offset) {

    static final Layout<SymbolRow> LAYOUT = new SymbolLayout();

    private static final class SymbolLayout implements Layout<SymbolRow> {

        @Override
        public void text(SymbolRow row, TextWriter out) throws IOException {
            Symbol symbol = row.symbol();
            out.hex(row.address()).text(" (" + symbol.type() + ") ").text(symbol.name());
            if (row.offset() != 0) {
                out.text("+").number(row.offset());
            }
            if (!symbol.module().isEmpty()) {
                out.text(" [").text(symbol.module()).text("]");
            }
            out.newLine();
        }

        @Override
        public void members(SymbolRow row, JsonWriter json) throws IOException {
            json.name("address").hex(row.address());
            json.name("type").value(String.valueOf(row.symbol().type()));
            json.name("symbol").value(row.symbol().name());
            json.name("offset").value(row.offset());
            if (!row.symbol().module().isEmpty()) {
                json.name("module").value(row.symbol().module());
            }
        }
    }
}
