package io.inquest.cli.log;

import io.inquest.kernel.log.LogRecord;
import io.inquest.kernel.log.LogVisitor;
import io.inquest.output.JsonWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;

/// One JSON object a line for each record. Bytes that are not UTF-8 become U+FFFD.
final class LogJson implements LogVisitor {

    private static final int CALLER_IS_CPU = 1 << 31;

    private final JsonWriter json;

    LogJson(JsonWriter json) {
        this.json = json;
    }

    @Override
    public void record(LogRecord record) throws IOException {
        json.beginObject();
        if (record.sequence().isPresent()) {
            json.name("seq").value(record.sequence().getAsLong());
        }
        if (record.nanoseconds().isPresent()) {
            json.name("nanoseconds").value(record.nanoseconds().getAsLong());
        }
        named("level", record.level(), LevelFilter.LEVELS);
        named("facility", record.facility(), LevelFilter.FACILITIES);
        if (record.caller().isPresent()) {
            int caller = record.caller().getAsInt();
            boolean isCpu = (caller & CALLER_IS_CPU) != 0;
            json.name(isCpu ? "cpu" : "task").value(caller & ~CALLER_IS_CPU);
        }
        if (record.continuation()) {
            json.name("continuation").value(true);
        }
        json.name("text")
                .value(StandardCharsets.UTF_8.decode(record.text().duplicate()).toString());
        json.endObject().endDocument();
    }

    private void named(String member, OptionalInt number, java.util.List<String> names) throws IOException {
        if (number.isPresent()) {
            int n = number.getAsInt();
            json.name(member).value(n >= 0 && n < names.size() ? names.get(n) : Integer.toString(n));
        }
    }
}
