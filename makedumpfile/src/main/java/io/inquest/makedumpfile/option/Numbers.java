package io.inquest.makedumpfile.option;

import java.util.OptionalInt;
import java.util.OptionalLong;

/// Numbers as C programs read them from a command line.
final class Numbers {

    private Numbers() {}

    /// The value of atoi(3): leading blanks and a sign are skipped, reading stops at the first other character,
    /// nothing readable is 0. A value that does not fit is the nearest that does.
    static int leadingInt(String text) {
        int i = 0;
        while (i < text.length() && (text.charAt(i) == ' ' || text.charAt(i) == '\t')) {
            i++;
        }
        boolean negative = i < text.length() && text.charAt(i) == '-';
        if (negative || (i < text.length() && text.charAt(i) == '+')) {
            i++;
        }
        long value = 0;
        while (i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
            value = Math.min(value * 10 + text.charAt(i) - '0', 1L << 31);
            i++;
        }
        return (int) (negative ? -value : Math.min(value, Integer.MAX_VALUE));
    }

    /// Whether a text is decimal digits, with or without a sign, and nothing else.
    static boolean isInteger(String text) {
        int start = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
        for (int i = start; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return start < text.length();
    }

    /// A number of up to nine decimal digits and nothing else; empty where it is none.
    static OptionalInt decimal(String text) {
        if (text.isEmpty() || text.length() > 9) {
            return OptionalInt.empty();
        }
        int value = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return OptionalInt.empty();
            }
            value = value * 10 + digit;
        }
        return OptionalInt.of(value);
    }

    /// A size with an optional suffix K, M, G, T, P or E (powers of 1024), in decimal, `0x` or `0` notation.
    /// Empty when it is 0, too large or not a size.
    static OptionalLong size(String text) {
        int suffix = text.isEmpty() ? -1 : "KMGTPE".indexOf(Character.toUpperCase(text.charAt(text.length() - 1)));
        boolean hexadecimal = text.startsWith("0x") || text.startsWith("0X");
        if (hexadecimal && suffix == "KMGTPE".indexOf('E')) {
            suffix = -1;
        }
        String digits = suffix < 0 ? text : text.substring(0, text.length() - 1);
        OptionalLong number = unsigned(digits);
        int shift = 10 * (suffix + 1);
        if (number.isEmpty() || number.getAsLong() <= 0 || number.getAsLong() > Long.MAX_VALUE >>> shift) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(number.getAsLong() << shift);
    }

    /// An address: as strtoul(3) reads it in base 0, or hexadecimal without a prefix.
    static OptionalLong address(String text) {
        OptionalLong number = unsigned(text);
        return number.isPresent() ? number : digits(text, 16);
    }

    private static OptionalLong unsigned(String text) {
        if (text.startsWith("0x") || text.startsWith("0X")) {
            return digits(text.substring(2), 16);
        }
        return text.length() > 1 && text.charAt(0) == '0' ? digits(text.substring(1), 8) : digits(text, 10);
    }

    private static OptionalLong digits(String text, int radix) {
        if (text.isEmpty() || Character.digit(text.charAt(0), radix) < 0) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseUnsignedLong(text, radix));
        } catch (NumberFormatException notANumber) {
            return OptionalLong.empty();
        }
    }
}
