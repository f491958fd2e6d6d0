package io.inquest.crash.value;

import java.util.Optional;

/// The formats that a letter behind `p/` asks for, in which gdb shows every number, pointer and character of a value.
///
/// | letter | as                                    | 255 of type `int`        |
/// |--------|---------------------------------------|--------------------------|
/// | `x`    | hexadecimal                           | `0xff`                   |
/// | `z`    | hexadecimal, with zeros to its size   | `0x000000ff`             |
/// | `d`    | decimal with a sign                   | `255`                    |
/// | `u`    | decimal without                       | `255`                    |
/// | `o`    | octal                                 | `0377`                   |
/// | `t`    | binary                                | `11111111`               |
/// | `c`    | its lowest byte, with the character   | `-1 '\\377'`             |
public enum NumberFormat {
    HEXADECIMAL('x'),
    ZERO_PADDED('z'),
    DECIMAL('d'),
    UNSIGNED('u'),
    OCTAL('o'),
    BINARY('t'),
    CHARACTER('c');

    private final char letter;

    NumberFormat(char letter) {
        this.letter = letter;
    }

    /// The format of that letter.
    public static Optional<NumberFormat> of(String letter) {
        for (NumberFormat format : values()) {
            if (letter.equals(String.valueOf(format.letter))) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }

    /// A value of `bits` bits, at most 64; those above are ignored.
    String of(long value, int bits) {
        int above = Long.SIZE - bits;
        long low = value << above >>> above;
        return switch (this) {
            case HEXADECIMAL -> NumberText.hex(low);
            case ZERO_PADDED -> zeroPadded(Long.toHexString(low), (bits + 3) / 4);
            case DECIMAL -> Long.toString(value << above >> above);
            case UNSIGNED -> Long.toUnsignedString(low);
            case OCTAL -> low == 0 ? "0" : "0" + Long.toOctalString(low);
            case BINARY -> Long.toBinaryString(low);
            case CHARACTER -> (byte) value + " " + CharText.character((int) value);
        };
    }

    private static String zeroPadded(String digits, int width) {
        return "0x" + "0".repeat(Math.max(0, width - digits.length())) + digits;
    }
}
