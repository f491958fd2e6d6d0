package io.inquest.crash.command.system;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/// Times of day as ctime(3) writes them, in the zone of the reader.
final class Ctime {

    private static final String[] DAYS = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    private static final String[] MONTHS = {
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
    };

    private Ctime() {}

    /// `Sat Apr  4 07:41:09 2020`.
    static String of(long secondsSince1970) {
        ZonedDateTime time = Instant.ofEpochSecond(secondsSince1970).atZone(ZoneId.systemDefault());
        StringBuilder text = new StringBuilder(24);
        beforeYear(text, time);
        return text.append(' ').append(time.getYear()).toString();
    }

    /// `Sat Apr  4 07:41:09 UTC 2020`.
    static String withZone(long secondsSince1970) {
        ZoneId zone = ZoneId.systemDefault();
        ZonedDateTime time = Instant.ofEpochSecond(secondsSince1970).atZone(zone);
        StringBuilder text = new StringBuilder(28);
        beforeYear(text, time);
        boolean summer = zone.getRules().isDaylightSavings(time.toInstant());
        String name = java.util.TimeZone.getTimeZone(zone)
                .getDisplayName(summer, java.util.TimeZone.SHORT, java.util.Locale.ROOT);
        return text.append(' ').append(name).append(' ').append(time.getYear()).toString();
    }

    private static void beforeYear(StringBuilder text, ZonedDateTime time) {
        text.append(DAYS[time.getDayOfWeek().getValue() - 1]).append(' ');
        text.append(MONTHS[time.getMonthValue() - 1]).append(' ');
        two(text, time.getDayOfMonth(), ' ').append(' ');
        two(text, time.getHour(), '0').append(':');
        two(text, time.getMinute(), '0').append(':');
        two(text, time.getSecond(), '0');
    }

    private static StringBuilder two(StringBuilder text, int number, char fill) {
        return number < 10 ? text.append(fill).append(number) : text.append(number);
    }
}
