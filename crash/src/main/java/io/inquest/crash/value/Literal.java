package io.inquest.crash.value;

import io.inquest.kernel.AddressSpace;
import java.util.Locale;

/// Numbers and characters as C writes them.
final class Literal {

    private static final String ESCAPES = "ntrbfav0";
    private static final String ESCAPED = "\n\t\r\b\f\u0007\u000b\0";

    private Literal() {}

    /// Decimal, `0x` hexadecimal or `0` octal digits with the suffixes `u` and `l`.
    static Value number(String token, AddressSpace space) {
        String text = token.toLowerCase(Locale.ROOT);
        int end = text.length();
        while (end > 0 && (text.charAt(end - 1) == 'u' || text.charAt(end - 1) == 'l')) {
            end--;
        }
        String suffix = text.substring(end);
        boolean hex = text.startsWith("0x");
        int radix = hex ? 16 : text.startsWith("0") ? 8 : 10;
        long value;
        try {
            value = Long.parseUnsignedLong(text.substring(hex ? 2 : 0, end), radix);
        } catch (NumberFormatException notANumber) {
            throw new ExpressionException("Invalid number \"" + token + "\".");
        }
        return Value.of(CTypes.ofLiteral(value, radix == 10, suffix.contains("u"), suffix.contains("l")), value, space);
    }

    /// A character between single quotes.
    static long character(String token) {
        boolean closed = token.length() >= 3 && token.endsWith("'");
        if (closed && token.length() == 3 && token.charAt(1) != '\\') {
            return (byte) token.charAt(1);
        }
        if (closed && token.length() == 4 && token.charAt(1) == '\\') {
            int known = ESCAPES.indexOf(token.charAt(2));
            return known >= 0 ? ESCAPED.charAt(known) : token.charAt(2);
        }
        throw new ExpressionException("Unmatched single quote.");
    }
}
