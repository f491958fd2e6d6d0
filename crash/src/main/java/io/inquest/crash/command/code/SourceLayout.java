package io.inquest.crash.command.code;

import io.inquest.crash.result.Layout;
import io.inquest.crash.result.TextWriter;
import io.inquest.kernel.dwarf.SourceLine;
import io.inquest.output.JsonWriter;
import java.io.IOException;

/// `FILE:` and `LINE:` of code. The source itself is not with the dump.
enum SourceLayout implements Layout<SourceLine> {
    INSTANCE;

    @Override
    public void text(SourceLine row, TextWriter out) throws IOException {
        out.line("FILE: " + row.file());
        out.line("LINE: " + row.line());
    }

    @Override
    public void members(SourceLine row, JsonWriter json) throws IOException {
        json.name("file").value(row.file());
        json.name("line").value(row.line());
    }
}
