package io.inquest.crash.value;

/// Characters and strings as C literals, each byte one character; what is not printable ASCII as an octal
/// escape.
final class CharText {

    private static final String ESCAPED = "\n\t\r\b\f\u0007\u001b";
    private static final String[] ESCAPES = {"\\n", "\\t", "\\r", "\\b", "\\f", "\\a", "\\033"};

    private CharText() {}

    /// Such as `'a'` or `'\000'`.
    static String character(int value) {
        StringBuilder out = new StringBuilder().append('\'');
        append(out, value & 0xff, '\'');
        return out.append('\'').toString();
    }

    /// The first `length` bytes between double quotes.
    static String string(byte[] bytes, int length) {
        StringBuilder out = new StringBuilder(length + 2).append('"');
        for (int i = 0; i < length; i++) {
            append(out, bytes[i] & 0xff, '"');
        }
        return out.append('"').toString();
    }

    /// Where the first NUL is, -1 if there is none.
    static int indexOfNul(byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == 0) {
                return i;
            }
        }
        return -1;
    }

    private static void append(StringBuilder out, int c, char quote) {
        int known = ESCAPED.indexOf(c);
        if (known >= 0) {
            out.append(ESCAPES[known]);
        } else if (c == quote || c == '\\') {
            out.append('\\').append((char) c);
        } else if (c >= 0x20 && c < 0x7f) {
            out.append((char) c);
        } else {
            out.append('\\')
                    .append((char) ('0' + (c >> 6)))
                    .append((char) ('0' + (c >> 3 & 7)))
                    .append((char) ('0' + (c & 7)));
        }
    }
}
