package io.inquest.dump.format;

import java.util.Optional;
import java.util.OptionalLong;

/// The two lines of vmcoreinfo that a container needs. What the others mean is not this module's business.
public final class VmcoreinfoText {

    private VmcoreinfoText() {}

    /// Whether a line can be one of vmcoreinfo: `KEY=VALUE` in printable ASCII, or empty.
    public static boolean isSound(String line) {
        for (int i = 0; i < line.length(); i++) {
            if (line.charAt(i) < ' ' || line.charAt(i) >= 0x7f) {
                return false;
            }
        }
        return line.indexOf('=') > 0 || line.isBlank();
    }

    /// log2 of `PAGESIZE`, or `otherwise` when there is none or it cannot be right.
    public static int pageShift(Optional<String> text, int otherwise) {
        OptionalLong bytes = decimal(text, "PAGESIZE=");
        if (bytes.isEmpty()) {
            return otherwise;
        }
        int shift = Long.numberOfTrailingZeros(bytes.getAsLong());
        return shift >= 12 && shift <= 16 && bytes.getAsLong() == 1L << shift ? shift : otherwise;
    }

    /// `CRASHTIME` in seconds since 1970.
    public static OptionalLong crashTime(Optional<String> text) {
        return decimal(text, "CRASHTIME=");
    }

    private static OptionalLong decimal(Optional<String> text, String key) {
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        String lines = text.get();
        int at = lines.startsWith(key) ? 0 : lines.indexOf("\n" + key) + 1;
        if (at == 0 && !lines.startsWith(key)) {
            return OptionalLong.empty();
        }
        long value = 0;
        int digits = 0;
        for (int i = at + key.length(); i < lines.length() && digits < 18; i++, digits++) {
            int digit = lines.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                break;
            }
            value = value * 10 + digit;
        }
        return digits == 0 ? OptionalLong.empty() : OptionalLong.of(value);
    }
}
