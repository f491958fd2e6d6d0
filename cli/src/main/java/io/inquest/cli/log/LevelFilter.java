package io.inquest.cli.log;

import io.inquest.kernel.log.LogRecord;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// A set of levels or facilities of the log, as bits.
///
/// @param bits bit n is set if number n is wanted
record LevelFilter(int bits) {

    static final LevelFilter ALL = new LevelFilter(-1);

    /// Names of dmesg(1), from 0 on.
    static final List<String> LEVELS = List.of("emerg", "alert", "crit", "err", "warn", "notice", "info", "debug");

    /// Names of dmesg(1) and syslog(3), from 0 on; 12 to 15 have none in the kernel.
    static final List<String> FACILITIES = List.of(
            "kern",
            "user",
            "mail",
            "daemon",
            "auth",
            "syslog",
            "lpr",
            "news",
            "uucp",
            "cron",
            "authpriv",
            "ftp",
            "12",
            "13",
            "14",
            "15",
            "local0",
            "local1",
            "local2",
            "local3",
            "local4",
            "local5",
            "local6",
            "local7");

    /// Whether a record with this number passes; one without any does, so that nothing is hidden for lack of knowledge.
    boolean admits(OptionalInt number) {
        return number.isEmpty() || (number.getAsInt() < Integer.SIZE && (bits >>> number.getAsInt() & 1) != 0);
    }

    static boolean admits(LogRecord record, LevelFilter levels, LevelFilter facilities) {
        return levels.admits(record.level()) && facilities.admits(record.facility());
    }

    /// `emerg,err`, `err+` (err and worse), `+warn` (warn and milder), or numbers.
    static final class Levels implements ITypeConverter<LevelFilter> {

        Levels() {}

        @Override
        public LevelFilter convert(String list) {
            int bits = 0;
            for (String word : list.split(",", -1)) {
                boolean andWorse = word.endsWith("+");
                boolean andMilder = word.startsWith("+");
                String name = word.substring(andMilder ? 1 : 0, word.length() - (andWorse ? 1 : 0));
                int level = number(name, LEVELS, "level");
                bits |= 1 << level;
                bits |= andWorse ? (1 << level) - 1 : 0;
                bits |= andMilder ? 0xff << level & 0xff : 0;
            }
            return new LevelFilter(bits);
        }
    }

    /// `kern,daemon`, or numbers.
    static final class Facilities implements ITypeConverter<LevelFilter> {

        Facilities() {}

        @Override
        public LevelFilter convert(String list) {
            int bits = 0;
            for (String word : list.split(",", -1)) {
                bits |= 1 << number(word, FACILITIES, "facility");
            }
            return new LevelFilter(bits);
        }
    }

    private static int number(String word, List<String> names, String kind) {
        int index = names.indexOf(word.toLowerCase(Locale.ROOT));
        if (index >= 0) {
            return index;
        }
        if (word.length() == 1 && Character.isDigit(word.charAt(0)) && word.charAt(0) - '0' < names.size()) {
            return word.charAt(0) - '0';
        }
        throw new TypeConversionException("\"" + word + "\" is no " + kind + "; there are " + String.join(", ", names));
    }
}
