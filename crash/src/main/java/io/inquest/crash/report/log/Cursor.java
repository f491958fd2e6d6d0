package io.inquest.crash.report.log;

import java.util.OptionalLong;

/// A place in a line of text that moves on when what is asked for is there, and stays when it is not.
final class Cursor {

    private static final int MOST_HEX_DIGITS = 16;

    private final String text;
    private int at;

    Cursor(String text) {
        this.text = text;
    }

    int at() {
        return at;
    }

    void moveTo(int place) {
        at = place;
    }

    boolean atEnd() {
        return at == text.length();
    }

    /// The next character; 0 at the end.
    char peek() {
        return at < text.length() ? text.charAt(at) : 0;
    }

    boolean skip(char c) {
        if (peek() != c || atEnd()) {
            return false;
        }
        at++;
        return true;
    }

    boolean skip(String literal) {
        if (!text.startsWith(literal, at)) {
            return false;
        }
        at += literal.length();
        return true;
    }

    /// Passes over blanks; tells whether there were any.
    boolean skipBlanks() {
        int from = at;
        while (at < text.length() && isBlank(text.charAt(at))) {
            at++;
        }
        return at > from;
    }

    /// Everything up to the next blank; may be empty.
    String word() {
        int from = at;
        while (at < text.length() && !isBlank(text.charAt(at))) {
            at++;
        }
        return text.substring(from, at);
    }

    /// Decimal digits; may be empty.
    String digits() {
        int from = at;
        while (at < text.length() && isDigit(text.charAt(at))) {
            at++;
        }
        return text.substring(from, at);
    }

    /// Hexadecimal digits, with or without `0x`, as a number of at most 64 bits.
    OptionalLong hex() {
        int from = at;
        skip("0x");
        int digitsFrom = at;
        while (at < text.length() && at - digitsFrom < MOST_HEX_DIGITS && isHex(text.charAt(at))) {
            at++;
        }
        if (at == digitsFrom || isHex(peek())) {
            at = from;
            return OptionalLong.empty();
        }
        return OptionalLong.of(Long.parseUnsignedLong(text, digitsFrom, at, 16));
    }

    /// A name as symbols have them: letters, digits, `_`, `.`, `$`; may be empty.
    String symbol() {
        int from = at;
        while (at < text.length() && isSymbol(text.charAt(at))) {
            at++;
        }
        return text.substring(from, at);
    }

    /// What comes before the next `end`, and moves behind that; nothing if there is none.
    java.util.Optional<String> before(String end) {
        int found = text.indexOf(end, at);
        if (found < 0) {
            return java.util.Optional.empty();
        }
        String before = text.substring(at, found);
        at = found + end.length();
        return java.util.Optional.of(before);
    }

    String rest() {
        return text.substring(at);
    }

    static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean isHex(char c) {
        return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }

    static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    static boolean isSymbol(char c) {
        return isLetter(c) || isDigit(c) || c == '_' || c == '.' || c == '$';
    }
}
