package io.inquest.dump.format;

/// How many of something, in words for messages: `1 page`, `14,611 pages`.
public final class Counted {

    private static final int GROUP_DIGITS = 3;

    private Counted() {}

    /// `noun` is what one of them is called; several of them are called that with an s.
    public static String of(long count, String noun) {
        StringBuilder text = new StringBuilder(Long.toString(count));
        for (int at = text.length() - GROUP_DIGITS; at > 0; at -= GROUP_DIGITS) {
            text.insert(at, ',');
        }
        return text.append(' ').append(noun).append(count == 1 ? "" : "s").toString();
    }
}
