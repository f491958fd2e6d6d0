package io.inquest.output;

/// Text from a dump, made safe for a terminal: what a crashed kernel holds must not move the reader's cursor.
///
/// Control characters come out as a backslash, `x` and two digits; characters that reorder or hide their neighbours
/// (bidirectional controls and the like) and lone surrogates as a backslash, `u` and four. A backslash stays as it is:
/// the result is for reading, not for parsing back.
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
            if (Character.isHighSurrogate(c)
                    && at + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(at + 1))) {
                safe.append(c).append(text.charAt(++at));
            } else if (kept.indexOf(c) >= 0 || !isUnsafe(c)) {
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

    private static boolean isUnsafe(char c) {
        return c < 0x20
                || (c >= 0x7f && c < 0xa0)
                || Character.isSurrogate(c)
                // Zero width and direction marks, line and paragraph separators, embeddings and isolates.
                || (c >= 0x200b && c <= 0x200f)
                || (c >= 0x2028 && c <= 0x202e)
                || (c >= 0x2060 && c <= 0x206f)
                || c == 0xfeff;
    }
}
