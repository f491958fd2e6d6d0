package io.inquest.crash.report.signature;

/// The text of a panic without what differs from one machine to the next.
final class PlainWords {

    private static final int MOST_CHARACTERS = 120;
    private static final int ADDRESS_DIGITS = 6;

    private PlainWords() {}

    /// Words with `ADDR` for hexadecimal numbers of six digits or more and `NUM` for decimal ones; digits in a
    /// name stay.
    static String of(String text) {
        StringBuilder plain = new StringBuilder();
        int at = 0;
        while (at < text.length() && plain.length() < MOST_CHARACTERS) {
            int end = at;
            while (end < text.length() && isWord(text.charAt(end))) {
                end++;
            }
            plain.append(word(text.substring(at, end)));
            if (end < text.length()) {
                char c = text.charAt(end);
                plain.append(c < ' ' || c > '~' || c == '|' ? ' ' : c);
                end++;
            }
            at = end;
        }
        return plain.toString().strip();
    }

    private static String word(String word) {
        boolean digits = !word.isEmpty();
        boolean hex = word.length() >= ADDRESS_DIGITS || word.startsWith("0x");
        for (int i = word.startsWith("0x") ? 2 : 0; i < word.length(); i++) {
            char c = word.charAt(i);
            digits &= c >= '0' && c <= '9';
            hex &= (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
        }
        boolean hasDigit = word.chars().anyMatch(c -> c >= '0' && c <= '9');
        return digits ? "NUM" : hex && hasDigit ? "ADDR" : word;
    }

    private static boolean isWord(char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    }
}
