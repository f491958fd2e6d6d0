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
    /// Characters. The kernel's own have some thousands at most; a text without line ends is cut, so that no line of it
    /// costs time without bound.
    private static final int LONGEST_LINE = 1 << 16;

    private static final String REPLAY = "** replaying previous printk message **";

    private final List<LogLine> lines = new ArrayList<>();

    public LogLines() {}

    /// The lines of a text, with Unix or DOS line ends.
    public static List<LogLine> of(String text) {
        LogLines lines = new LogLines();
        int from = 0;
        while (from < text.length()) {
            int end = text.indexOf('\n', from);
            int lineEnd = end < 0 ? text.length() : end;
            int to = Math.min(lineEnd, from + LONGEST_LINE);
            lines.add(text.substring(from, to > from && text.charAt(to - 1) == '\r' ? to - 1 : to));
            from = to == lineEnd ? to + 1 : to;
        }
        return lines.lines();
    }

    /// What has been gathered so far.
    public List<LogLine> lines() {
        return List.copyOf(lines);
    }

    /// A line of the text; those that ran into one are taken apart where a time stands.
    private void add(String line) {
        String rest = line;
        int second = LinePrefix.nextTime(rest);
        // A time at the beginning of the text is its own; behind a prefix of syslog it is too.
        while (second > 0
                && !LinePrefix.strip(0, rest.substring(0, second)).text().isEmpty()) {
            add(LinePrefix.strip(lines.size() + 1, rest.substring(0, second)));
            rest = rest.substring(second);
            second = LinePrefix.nextTime(rest);
        }
        add(LinePrefix.strip(lines.size() + 1, rest));
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
