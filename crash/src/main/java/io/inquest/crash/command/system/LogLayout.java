package io.inquest.crash.command.system;

import io.inquest.crash.result.Layout;
import io.inquest.crash.result.TextWriter;
import io.inquest.kernel.log.LogRecord;
import io.inquest.output.JsonWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;

/// Lines of the log as crash shows them: `[    1.234567] text`, further lines of a record under its text, and a
/// dot for each byte that is not printable ASCII.
///
/// @param bootSeconds seconds since 1970 at which the log's time was 0, for [Stamp#TIME_OF_DAY]
record LogLayout(Stamp stamp, long bootSeconds, boolean level, boolean caller, boolean dictionary, boolean rustNames)
        implements Layout<LogRecord> {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final int CALLER_IS_CPU = 1 << 31;
    private static final int CALLER_WIDTH = 6;

    /// What stands before each line.
    enum Stamp {
        NONE,
        SINCE_BOOT,
        TIME_OF_DAY
    }

    @Override
    public void text(LogRecord row, TextWriter out) throws IOException {
        String prefix = prefix(row);
        String text = rustNames ? RustName.inText(printable(row.text())) : printable(row.text());
        int start = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
            out.text(start == 0 ? prefix : " ".repeat(prefix.length()))
                    .lines(text.substring(start, end))
                    .newLine();
            start = end + 1;
        }
        out.text(start == 0 ? prefix : " ".repeat(prefix.length()))
                .lines(text.substring(start))
                .newLine();
        for (String line : dictionary ? row.dictionary() : List.<String>of()) {
            out.blanks(prefix.length()).line(line);
        }
    }

    private String prefix(LogRecord row) {
        StringBuilder prefix = new StringBuilder();
        if (row.nanoseconds().isPresent()) {
            appendTime(prefix, row.nanoseconds());
        }
        if (caller && row.caller().isPresent()) {
            int id = row.caller().getAsInt();
            String name = (id & CALLER_IS_CPU) != 0 ? "C" + (id & ~CALLER_IS_CPU) : "T" + id;
            prefix.append('[')
                    .append(" ".repeat(Math.max(0, CALLER_WIDTH - name.length())))
                    .append(name)
                    .append("] ");
        }
        if (level && row.level().isPresent()) {
            int facility = row.facility().orElse(0);
            prefix.append('<')
                    .append(Integer.toHexString(facility << 3 | row.level().getAsInt()))
                    .append('>');
        }
        return prefix.toString();
    }

    private void appendTime(StringBuilder prefix, OptionalLong nanoseconds) {
        long nanos = nanoseconds.orElse(0);
        long seconds = Long.divideUnsigned(nanos, NANOS_PER_SECOND);
        switch (stamp) {
            case NONE -> {}
            case TIME_OF_DAY ->
                prefix.append('[').append(Ctime.withZone(bootSeconds + seconds)).append("] ");
            case SINCE_BOOT -> {
                String whole = Long.toString(seconds);
                String micros = Long.toString(Long.remainderUnsigned(nanos, NANOS_PER_SECOND) / 1000);
                prefix.append('[')
                        .append(" ".repeat(Math.max(0, 5 - whole.length())))
                        .append(whole);
                prefix.append('.')
                        .append("0".repeat(6 - micros.length()))
                        .append(micros)
                        .append("] ");
            }
        }
    }

    private static String printable(ByteBuffer text) {
        StringBuilder printable = new StringBuilder(text.remaining());
        for (int i = text.position(); i < text.limit(); i++) {
            byte c = text.get(i);
            printable.append((c >= ' ' && c < 0x7f) || c == '\n' || c == '\t' ? (char) c : '.');
        }
        return printable.toString();
    }

    @Override
    public void members(LogRecord row, JsonWriter json) throws IOException {
        if (row.sequence().isPresent()) {
            json.name("sequence").value(row.sequence().getAsLong());
        }
        if (row.nanoseconds().isPresent()) {
            json.name("nanoseconds").value(row.nanoseconds().getAsLong());
        }
        if (row.level().isPresent()) {
            json.name("level").value(row.level().getAsInt());
        }
        if (row.facility().isPresent()) {
            json.name("facility").value(row.facility().getAsInt());
        }
        if (row.caller().isPresent()) {
            int id = row.caller().getAsInt();
            json.name((id & CALLER_IS_CPU) != 0 ? "cpu" : "task").value(id & ~CALLER_IS_CPU);
        }
        if (!row.dictionary().isEmpty()) {
            json.name("dictionary").beginArray();
            for (String line : row.dictionary()) {
                json.value(line);
            }
            json.endArray();
        }
        json.name("text")
                .value(StandardCharsets.UTF_8.decode(row.text().duplicate()).toString());
    }
}
