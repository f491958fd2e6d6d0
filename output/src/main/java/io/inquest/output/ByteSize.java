package io.inquest.output;

/// Sizes as people read them: powers of 1024, three digits.
public final class ByteSize {

    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

    private ByteSize() {}

    /// `0 B`, `999 B`, `1.00 KiB`, `14.7 MiB`, `251 GiB`.
    public static String format(long bytes) {
        int unit = 0;
        long scale = 1;
        while (unit < UNITS.length - 1 && bytes / scale >= 1024) {
            scale *= 1024;
            unit++;
        }
        if (unit == 0) {
            return bytes + " B";
        }
        long whole = bytes / scale;
        int decimals = whole >= 100 ? 0 : whole >= 10 ? 1 : 2;
        // In whole numbers: a double would round the largest remainders up to one.
        long parts = bytes % scale / (scale / 1024);
        long fraction = parts * (decimals == 2 ? 100 : 10) / 1024;
        StringBuilder text = new StringBuilder().append(whole);
        if (decimals > 0) {
            text.append('.').append(decimals == 2 && fraction < 10 ? "0" : "").append(fraction);
        }
        return text.append(' ').append(UNITS[unit]).toString();
    }
}
