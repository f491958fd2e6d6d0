package io.inquest.crash.value;

import java.util.ArrayList;
import java.util.List;

/// The words and signs of an expression of C, and a place among them.
final class Tokens {

    /// Signs of two characters; all others have one.
    private static final List<String> PAIRS = List.of("->", "<<", ">>", "<=", ">=", "==", "!=", "&&", "||");

    private final String source;
    private final List<String> tokens = new ArrayList<>();
    private final List<Integer> starts = new ArrayList<>();
    private int at;

    Tokens(String source) {
        this.source = source;
        int i = 0;
        while (i < source.length()) {
            char c = source.charAt(i);
            if (Character.isWhitespace(c)) {
                i++;
            } else {
                int end = end(source, i);
                tokens.add(source.substring(i, end));
                starts.add(i);
                i = end;
            }
        }
    }

    private static int end(String source, int start) {
        char c = source.charAt(start);
        if (isWord(c)) {
            int end = start + 1;
            while (end < source.length() && isWord(source.charAt(end))) {
                end++;
            }
            return end;
        }
        if (c == '\'' || c == '"') {
            int end = start + 1;
            while (end < source.length() && source.charAt(end) != c) {
                end += source.charAt(end) == '\\' ? 2 : 1;
            }
            return Math.min(end + 1, source.length());
        }
        boolean pair = start + 2 <= source.length() && PAIRS.contains(source.substring(start, start + 2));
        return start + (pair ? 2 : 1);
    }

    /// A character of a name or number; `$` begins the name of an earlier answer.
    static boolean isWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '$';
    }

    boolean atEnd() {
        return at == tokens.size();
    }

    /// The next token without taking it, empty at the end.
    String peek() {
        return atEnd() ? "" : tokens.get(at);
    }

    String next() {
        if (atEnd()) {
            throw new ExpressionException("A syntax error in expression, near `'.");
        }
        return tokens.get(at++);
    }

    boolean take(String token) {
        boolean found = peek().equals(token);
        at += found ? 1 : 0;
        return found;
    }

    void require(String token) {
        if (!take(token)) {
            throw syntaxError();
        }
    }

    ExpressionException syntaxError() {
        String rest = atEnd() ? "" : source.substring(starts.get(at));
        return new ExpressionException("A syntax error in expression, near `" + rest + "'.");
    }

    int mark() {
        return at;
    }

    void back(int mark) {
        at = mark;
    }

    /// The text up to the parenthesis that closes the one before the current place, which is taken, too.
    String untilClosed() {
        int depth = 1;
        int first = at;
        while (!atEnd()) {
            String token = next();
            depth += token.equals("(") ? 1 : token.equals(")") ? -1 : 0;
            if (depth == 0) {
                return first == at - 1 ? "" : source.substring(starts.get(first), starts.get(at - 1));
            }
        }
        throw syntaxError();
    }
}
