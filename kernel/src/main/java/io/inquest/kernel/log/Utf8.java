package io.inquest.kernel.log;

import java.nio.ByteBuffer;

/// Finds characters in bytes that may or may not be UTF-8 (RFC 3629, section 4).
final class Utf8 {

    private Utf8() {}

    /// Bytes of the character of two to four bytes that begins at index `at`; 0 if there is no valid one that
    /// may be shown on a terminal: U+0080 to U+009F are control characters, format characters reorder or hide
    /// their neighbours, and U+2028 and U+2029 end lines.
    static int sequenceBytes(ByteBuffer text, int at) {
        int lead = text.get(at) & 0xff;
        int bytes = lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
        if (bytes == 0 || at + bytes > text.limit()) {
            return 0;
        }
        int second = text.get(at + 1) & 0xff;
        for (int i = 1; i < bytes; i++) {
            if ((text.get(at + i) & 0xc0) != 0x80) {
                return 0;
            }
        }
        boolean valid = switch (lead) {
            case 0xc2 -> second >= 0xa0;
            case 0xe0 -> second >= 0xa0;
            case 0xed -> second < 0xa0;
            case 0xf0 -> second >= 0x90;
            case 0xf4 -> second < 0x90;
            default -> true;
        };
        return valid && isShown(text, at, bytes) ? bytes : 0;
    }

    private static boolean isShown(ByteBuffer text, int at, int bytes) {
        int c = text.get(at) & (0xff >> (bytes + 1));
        for (int i = 1; i < bytes; i++) {
            c = c << 6 | (text.get(at + i) & 0x3f);
        }
        return switch (Character.getType(c)) {
            case Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
