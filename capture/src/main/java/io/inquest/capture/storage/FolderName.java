package io.inquest.capture.storage;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.Optional;

/// The name of a crash's folder, as users of kdump know it: `HOST-YYYY-MM-DD-HH:MM:SS`.
///
/// | what                              | is                                                       |
/// |-----------------------------------|----------------------------------------------------------|
/// | HOST                              | `127.0.0.1` for a local target, else the host's address or name |
/// | `-1`, `-2` … behind it            | further crashes of the same second                       |
/// | `HH.MM.SS`                        | where the file system takes no colon (vfat)              |
///
/// @param repetition 0 for the first of its second
public record FolderName(String host, LocalDateTime time, int repetition) implements Comparable<FolderName> {

    private static final String SHAPE = "dddd-dd-dd-dd:dd:dd";

    /// Keeps what may stand in a file's name, and makes the rest underscores.
    public static String asHost(String word) {
        StringBuilder host = new StringBuilder(word.length());
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            host.append(plain || c == '.' || c == '-' || c == ':' ? c : '_');
        }
        return host.isEmpty() || host.charAt(0) == '.' ? "_" + host : host.toString();
    }

    /// The name that stands there, or nothing if it is none of these.
    public static Optional<FolderName> parse(String name) {
        int repetition = 0;
        int end = name.length();
        if (!isTime(name, end)) {
            int dash = name.lastIndexOf('-');
            repetition = dash < 0 ? 0 : number(name, dash + 1, end);
            end = dash;
            if (repetition <= 0 || !isTime(name, end)) {
                return Optional.empty();
            }
        }
        int start = end - SHAPE.length();
        try {
            LocalDateTime time = LocalDateTime.of(
                    number(name, start, start + 4),
                    number(name, start + 5, start + 7),
                    number(name, start + 8, start + 10),
                    number(name, start + 11, start + 13),
                    number(name, start + 14, start + 16),
                    number(name, start + 17, start + 19));
            return Optional.of(new FolderName(name.substring(0, start - 1), time, repetition));
        } catch (DateTimeException noDate) {
            return Optional.empty();
        }
    }

    /// Whether a host, a dash and a time end there.
    private static boolean isTime(String name, int end) {
        int start = end - SHAPE.length();
        if (start < 2 || name.charAt(start - 1) != '-') {
            return false;
        }
        for (int i = 0; i < SHAPE.length(); i++) {
            char c = name.charAt(start + i);
            boolean fits = switch (SHAPE.charAt(i)) {
                case 'd' -> c >= '0' && c <= '9';
                case ':' -> c == ':' || c == '.';
                default -> c == '-';
            };
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    /// -1 for what is no number of a few digits.
    private static int number(String text, int from, int to) {
        if (to <= from || to - from > 6) {
            return -1;
        }
        int value = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = 10 * value + digit;
        }
        return value;
    }

    /// The one for another crash of the same second.
    public FolderName next() {
        return new FolderName(host, time, repetition + 1);
    }

    /// With dots instead of colons.
    String withoutColons() {
        return toString().replace(':', '.');
    }

    @Override
    public String toString() {
        StringBuilder name = new StringBuilder(host).append('-');
        two(name, time.getYear() / 100);
        two(name, time.getYear() % 100);
        two(name.append('-'), time.getMonthValue());
        two(name.append('-'), time.getDayOfMonth());
        two(name.append('-'), time.getHour());
        two(name.append(':'), time.getMinute());
        two(name.append(':'), time.getSecond());
        return repetition == 0
                ? name.toString()
                : name.append('-').append(repetition).toString();
    }

    private static void two(StringBuilder text, int number) {
        text.append(number < 10 ? "0" : "").append(number);
    }

    /// The older one first.
    @Override
    public int compareTo(FolderName other) {
        int byTime = time.compareTo(other.time);
        if (byTime != 0) {
            return byTime;
        }
        int byRepetition = Integer.compare(repetition, other.repetition);
        return byRepetition != 0 ? byRepetition : host.compareTo(other.host);
    }
}
