package io.inquest.crash.report.log;

import io.inquest.kernel.log.LogRecord;
import io.inquest.kernel.log.LogVisitor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// Makes [LogLine]s: of the text of a log, whatever wrote it, or of the records in a dump.
public final class LogLines implements LogVisitor {

    private static final int CALLER_IS_CPU = 1 << 31;
    private static final String REPLAY = "** replaying previous printk message **";

    private final List<LogLine> lines = new ArrayList<>();

    public LogLines() {}

    /// The lines of a text, with Unix or DOS line ends.
    public static List<LogLine> of(String text) {
        LogLines lines = new LogLines();
        int from = 0;
        while (from < text.length()) {
            int end = text.indexOf('\n', from);
            int to = end < 0 ? text.length() : end;
            lines.add(text.substring(from, to > from && text.charAt(to - 1) == '\r' ? to - 1 : to));
            from = to + 1;
        }
        return lines.lines();
    }

    /// What has been gathered so far.
    public List<LogLine> lines() {
        return List.copyOf(lines);
    }

    private void add(String line) {
        int second = LinePrefix.nextTime(line);
        // A time at the beginning of the text is its own; behind a prefix of syslog it is too.
        if (second > 0 && !LinePrefix.strip(0, line.substring(0, second)).text().isEmpty()) {
            add(line.substring(0, second));
            add(line.substring(second));
            return;
        }
        add(LinePrefix.strip(lines.size() + 1, line));
    }

    private void add(LogLine line) {
        if (line.text().startsWith(REPLAY) && !lines.isEmpty()) {
            lines.add(lines.removeLast().cutShort());
        }
        lines.add(line);
    }

    @Override
    public void record(LogRecord record) {
        String text = StandardCharsets.UTF_8.decode(record.text().duplicate()).toString();
        for (String line : text.split("\n", -1)) {
            OptionalLong time = record.nanoseconds();
            add(new LogLine(lines.size() + 1, time, caller(record.caller()), line.stripTrailing(), true));
        }
    }

    private static String caller(OptionalInt id) {
        if (id.isEmpty()) {
            return "";
        }
        int caller = id.getAsInt();
        return (caller & CALLER_IS_CPU) != 0 ? "C" + (caller & ~CALLER_IS_CPU) : "T" + caller;
    }
}
