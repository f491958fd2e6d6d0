package io.inquest.capture.config.read;

import java.time.Duration;

/// Numbers, sizes and times as configuration files have them.
final class Numbers {

    /// No number that fits; below every least value that anybody asks for.
    static final int NONE = Integer.MIN_VALUE;

    private static final int MOST_DIGITS = 9;
    private static final long MOST_DURATION_SECONDS = Duration.ofDays(36_500).toSeconds();

    private Numbers() {}

    /// A number of up to nine decimal digits, with a minus where there is one, else [#NONE].
    static int decimal(String text) {
        boolean negative = text.startsWith("-");
        String digits = negative ? text.substring(1) : text;
        if (digits.isEmpty() || digits.length() > MOST_DIGITS) {
            return NONE;
        }
        int number = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return NONE;
            }
            number = number * 10 + digit;
        }
        return negative ? -number : number;
    }

    /// Bytes, with one of the suffixes K, M, G and T of powers of 1024; negative where the text is no size.
    static long bytes(String text) {
        if (text.isEmpty()) {
            return -1;
        }
        int power = "KMGT".indexOf(Character.toUpperCase(text.charAt(text.length() - 1))) + 1;
        int number = decimal(power == 0 ? text : text.substring(0, text.length() - 1));
        // Nine digits of tebibytes overflow; the largest file system there is has 2^60 bytes.
        int shift = 10 * power;
        return number < 0 || number > (Long.MAX_VALUE >> shift) ? -1 : (long) number << shift;
    }

    /// A time with one of the suffixes s, m, h, d and w; `Duration.ZERO` where the text is none, or is nothing.
    static Duration duration(String text) {
        if (text.isEmpty()) {
            return Duration.ZERO;
        }
        int number = decimal(text.substring(0, text.length() - 1));
        long unitSeconds = switch (text.charAt(text.length() - 1)) {
            case 's' -> 1;
            case 'm' -> 60;
            case 'h' -> 3600;
            case 'd' -> 86_400;
            case 'w' -> 604_800;
            default -> 0;
        };
        boolean sensible = number > 0 && number * unitSeconds <= MOST_DURATION_SECONDS;
        return sensible ? Duration.ofSeconds(number * unitSeconds) : Duration.ZERO;
    }
}
