package io.inquest.crash.command.kmem;

import io.inquest.crash.command.Invocation;
import io.inquest.crash.command.memory.PageFlagNames;
import io.inquest.crash.result.Layout;
import io.inquest.crash.result.Result;
import io.inquest.crash.result.RowSource;
import io.inquest.crash.result.TextWriter;
import io.inquest.kernel.type.EnumType.Enumerator;
import io.inquest.output.JsonWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// `kmem -g`: the flags of struct pages by name.
///
/// @param indent what stands before each line
record PageFlagsPart(String indent) implements Layout<Enumerator> {

    static Result of(Invocation invocation) throws IOException {
        PageFlagNames names = PageFlagNames.of(invocation.kernel().types());
        if (invocation.words().isEmpty()) {
            return Result.rows("flags", RowSource.of(names.withAliases()), new PageFlagsPart(""));
        }
        List<Result> parts = new ArrayList<>();
        for (String word : invocation.words()) {
            long flags = invocation.address(word);
            parts.add(Result.text("FLAGS: " + Long.toHexString(flags) + "\n"));
            List<Enumerator> set = names.withAliases().stream()
                    .filter(flag -> (flags >>> flag.value() & 1) != 0)
                    .toList();
            parts.add(Result.rows("flags", RowSource.of(set), new PageFlagsPart("  ")));
        }
        return Result.several(parts);
    }

    @Override
    public void begin(TextWriter out) throws IOException {
        out.text(indent).line("PAGE-FLAG              BIT  VALUE");
    }

    @Override
    public void text(Enumerator flag, TextWriter out) throws IOException {
        out.text(indent).left(flag.name(), 22).text(" ").right(flag.value(), 3).text("  ");
        out.zeroHex(1L << flag.value(), 7).newLine();
    }

    @Override
    public void members(Enumerator flag, JsonWriter json) throws IOException {
        json.name("name").value(flag.name()).name("bit").value(flag.value());
        json.name("value").hex(1L << flag.value());
    }
}
