package io.inquest.output;

/// Text from a dump, made safe for a terminal: what a crashed kernel holds must not move the reader's cursor.
///
/// Control characters come out as a backslash, `x` and two digits; characters that reorder or hide their
/// neighbours (all of Unicode's format characters: bidirectional controls, zero widths, tags …), separators of
/// lines and lone surrogates as a backslash, `u` and four, each half of a pair for itself. A backslash stays as
/// it is: the result is for reading, not for parsing back.
public final class SafeText {

    private static final String HEX = "0123456789abcdef";

    private SafeText() {}

    /// One line: line ends and tabs are escaped too.
    public static String line(CharSequence text) {
        return escape(text, "");
    }

    /// Several lines: line ends and tabs stay.
    public static String lines(CharSequence text) {
        return escape(text, "\n\t");
    }

    private static String escape(CharSequence text, String kept) {
        StringBuilder safe = new StringBuilder(text.length() + 16);
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (kept.indexOf(c) >= 0 || !isUnsafe(text, at)) {
                safe.append(c);
            } else if (c < 0x100) {
                safe.append("\\x").append(digit(c, 4)).append(digit(c, 0));
            } else {
                safe.append("\\u")
                        .append(digit(c, 12))
                        .append(digit(c, 8))
                        .append(digit(c, 4))
                        .append(digit(c, 0));
            }
        }
        return safe.toString();
    }

    private static char digit(char c, int shift) {
        return HEX.charAt(c >> shift & 0xf);
    }

    /// Whether the character at an index, or the one that it is half of, is one to escape.
    static boolean isUnsafe(CharSequence text, int at) {
        char c = text.charAt(at);
        if (c < 0xa0) {
            return c < 0x20 || c >= 0x7f;
        }
        if (Character.isHighSurrogate(c)) {
            return at + 1 == text.length()
                    || !Character.isLowSurrogate(text.charAt(at + 1))
                    || isFormat(Character.toCodePoint(c, text.charAt(at + 1)));
        }
        if (Character.isLowSurrogate(c)) {
            return at == 0
                    || !Character.isHighSurrogate(text.charAt(at - 1))
                    || isFormat(Character.toCodePoint(text.charAt(at - 1), c));
        }
        return c == 0x2028 || c == 0x2029 || isFormat(c);
    }

    /// Characters that show nothing themselves and change how others look. Those between U+2060 and U+206F that
    /// Unicode has not given out yet will be of them.
    private static boolean isFormat(int c) {
        return Character.getType(c) == Character.FORMAT || (c >= 0x2060 && c <= 0x206f);
    }
}
