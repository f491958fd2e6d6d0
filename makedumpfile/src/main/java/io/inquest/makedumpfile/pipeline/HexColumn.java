package io.inquest.makedumpfile.pipeline;

/// A column of hexadecimal numbers, as makedumpfile prints its tables: 16 characters, padded with blanks.
final class HexColumn {

    private static final int WIDTH = 16;

    private HexColumn() {}

    static StringBuilder append(StringBuilder text, long number) {
        String digits = Long.toHexString(number);
        return text.repeat(' ', WIDTH - digits.length()).append(digits);
    }
}
