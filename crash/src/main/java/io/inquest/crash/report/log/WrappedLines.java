package io.inquest.crash.report.log;

import java.util.ArrayList;
import java.util.List;

/// Joins lines that a console or an editor broke in the middle, where that can be told: the header that names the
/// task, and the bytes of code.
final class WrappedLines {

    private WrappedLines() {}

    static List<LogLine> join(List<LogLine> lines) {
        List<LogLine> joined = new ArrayList<>(lines.size());
        for (LogLine line : lines) {
            if (!joined.isEmpty() && continues(joined.getLast().text(), line.text())) {
                LogLine first = joined.removeLast();
                joined.add(new LogLine(
                        first.number(),
                        first.nanoseconds(),
                        first.caller(),
                        first.text() + line.text(),
                        first.whole()));
            } else {
                joined.add(line);
            }
        }
        return joined;
    }

    private static boolean continues(String before, String line) {
        if (before.startsWith("CPU: ") && before.contains("PID: ") && !before.contains("omm: ")) {
            return line.contains("Comm: ") && Cursor.isDigit(line.charAt(0));
        }
        return before.startsWith("Code: ") && isCode(line);
    }

    private static boolean isCode(String line) {
        boolean bytes = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (!Cursor.isHex(c) && c != ' ' && c != '<' && c != '>') {
                return false;
            }
            bytes |= c == ' ';
        }
        return bytes;
    }
}
