package io.inquest.crash.report.log;

import java.util.OptionalLong;

/// Takes off a line what printk, syslog, journald, dmesg or a console put before the kernel's own text.
///
/// | Prefix                                  | Put there by                                |
/// |-----------------------------------------|---------------------------------------------|
/// | `Jan 11 22:31:37 host kernel: `         | syslog, journalctl                          |
/// | `2026-01-11T22:31:37.1+00:00 host kernel: ` | syslog with RFC 3339 times              |
/// | `kern  :warn  : `                       | dmesg -x                                    |
/// | `4,1234,5678901,-;`                     | /dev/kmsg, netconsole's extended form       |
/// | `<4>`                                   | the level, in raw logs                      |
/// | `[  123.456789]`                        | printk's time                               |
/// | `[Thu Nov 26 19:20:27 2026]`            | dmesg -T                                    |
/// | `[ T123]`, `[    C1]`                   | CONFIG_PRINTK_CALLER                        |
final class LinePrefix {

    private static final String MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec";
    private static final String DAYS = "Mon Tue Wed Thu Fri Sat Sun";
    private static final int MICROSECOND_DIGITS = 6;

    private final Cursor cursor;
    private OptionalLong nanoseconds = OptionalLong.empty();
    private String caller = "";
    private boolean kernel = true;

    private LinePrefix(String line) {
        cursor = new Cursor(line);
    }

    /// The line without its prefix; nothing but an empty line for what another program than the kernel logged.
    static LogLine strip(int number, String line) {
        LinePrefix prefix = new LinePrefix(line);
        prefix.takeSyslog();
        prefix.takeDmesgLevel();
        prefix.takeKmsg();
        prefix.takeLevel();
        prefix.takeTime();
        prefix.takeCaller();
        String text = prefix.kernel ? prefix.cursor.rest().stripTrailing() : "";
        return new LogLine(number, prefix.nanoseconds, prefix.caller, text, true);
    }

    /// Where the next time of printk begins after the line's first character, if two lines ran into one; else -1.
    static int nextTime(String line) {
        for (int at = line.indexOf('[', 1); at >= 0; at = line.indexOf('[', at + 1)) {
            Cursor cursor = new Cursor(line);
            cursor.moveTo(at);
            if (time(cursor).isPresent()) {
                return at;
            }
        }
        return -1;
    }

    private void takeSyslog() {
        int from = cursor.at();
        if (!syslogTime()) {
            cursor.moveTo(from);
            return;
        }
        cursor.skipBlanks();
        cursor.word();
        cursor.skipBlanks();
        kernel = cursor.skip("kernel: ") || cursor.skip("kernel[0]: ") || cursor.skip("kernel:");
    }

    private boolean syslogTime() {
        String first = cursor.word();
        if (first.length() >= 19 && first.charAt(4) == '-' && first.charAt(10) == 'T') {
            return first.charAt(13) == ':';
        }
        if (first.length() != 3 || !MONTHS.contains(first)) {
            return false;
        }
        cursor.skipBlanks();
        if (cursor.digits().isEmpty() || !cursor.skipBlanks()) {
            return false;
        }
        String clock = cursor.word();
        return clock.length() >= 8 && clock.charAt(2) == ':' && clock.charAt(5) == ':';
    }

    private void takeDmesgLevel() {
        int from = cursor.at();
        if (cursor.skip("kern") && cursor.skipBlanks() && cursor.skip(':')) {
            cursor.symbol();
            cursor.skipBlanks();
            if (cursor.skip(':')) {
                cursor.skip(' ');
                return;
            }
        }
        cursor.moveTo(from);
    }

    private void takeKmsg() {
        int from = cursor.at();
        if (Cursor.isDigit(cursor.peek())) {
            String head = cursor.before(";").orElse("");
            String[] fields = head.split(",", -1);
            if (fields.length >= 4 && fields[1].length() <= 18 && isNumber(fields[1]) && isNumber(fields[2])) {
                nanoseconds = OptionalLong.of(Long.parseLong(fields[2]) * 1000);
                for (String field : fields) {
                    caller = field.startsWith("caller=") ? field.substring("caller=".length()) : caller;
                }
                return;
            }
        }
        cursor.moveTo(from);
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.length() <= 15 && text.chars().allMatch(c -> Cursor.isDigit((char) c));
    }

    private void takeLevel() {
        int from = cursor.at();
        if (cursor.skip('<') && !cursor.digits().isEmpty() && cursor.skip('>')) {
            return;
        }
        cursor.moveTo(from);
    }

    private void takeTime() {
        int from = cursor.at();
        OptionalLong time = time(cursor);
        if (time.isPresent()) {
            nanoseconds = time;
            // One blank is printk's; more belong to the text.
            cursor.skip(' ');
            return;
        }
        cursor.moveTo(from);
        if (cursor.skip('[') && isDay(cursor.word()) && cursor.before("]").isPresent()) {
            cursor.skip(' ');
            return;
        }
        cursor.moveTo(from);
    }

    private static boolean isDay(String word) {
        return word.length() == 3 && DAYS.contains(word);
    }

    /// `[` blanks, seconds, `.`, six digits, `]`; the cursor moves in any case.
    private static OptionalLong time(Cursor cursor) {
        if (!cursor.skip('[')) {
            return OptionalLong.empty();
        }
        cursor.skipBlanks();
        String seconds = cursor.digits();
        if (seconds.isEmpty() || seconds.length() > 10 || !cursor.skip('.')) {
            return OptionalLong.empty();
        }
        String fraction = cursor.digits();
        if (fraction.length() != MICROSECOND_DIGITS || !cursor.skip(']')) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(Long.parseLong(seconds) * 1_000_000_000 + Long.parseLong(fraction) * 1000);
    }

    private void takeCaller() {
        int from = cursor.at();
        if (cursor.skip('[')) {
            cursor.skipBlanks();
            char kind = cursor.peek();
            if ((kind == 'T' || kind == 'C') && cursor.skip(kind)) {
                String id = cursor.digits();
                if (!id.isEmpty() && cursor.skip(']')) {
                    caller = kind + id;
                    cursor.skip(' ');
                    return;
                }
            }
        }
        cursor.moveTo(from);
    }
}
