package io.inquest.output;

/// Counts as people read them: digits in groups of three.
public final class Counts {

    private Counts() {}

    /// `0`, `999`, `1,234,567`.
    public static String format(long count) {
        StringBuilder text = new StringBuilder(Long.toString(count));
        int firstDigit = count < 0 ? 1 : 0;
        for (int at = text.length() - 3; at > firstDigit; at -= 3) {
            text.insert(at, ',');
        }
        return text.toString();
    }

    /// `part` of `whole` as `12.3 %`; of nothing it is `-`.
    public static String percent(long part, long whole) {
        if (whole == 0) {
            return "-";
        }
        long tenths = Math.round(1000.0 * part / whole);
        return tenths / 10 + "." + tenths % 10 + " %";
    }
}
