package io.inquest.capture.config.read;

import java.util.ArrayList;
import java.util.List;

/// Words with blanks between them.
final class Words {

    private Words() {}

    /// Whether a character separates words, as the shell's default `IFS` has it.
    static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\n';
    }

    /// Splits at blanks; quotes mean nothing, as in an unquoted `$variable` of the shell.
    static List<String> split(String text) {
        List<String> words = new ArrayList<>();
        int start = 0;
        for (int at = 0; at <= text.length(); at++) {
            if (at == text.length() || isBlank(text.charAt(at))) {
                if (at > start) {
                    words.add(text.substring(start, at));
                }
                start = at + 1;
            }
        }
        return words;
    }

    /// Splits as the shell splits a line: quotes keep blanks together and vanish, a backslash keeps what follows.
    static List<String> splitQuoted(String text) throws Refused {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean within = false;
        char quote = 0;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (quote == 0 && isBlank(c)) {
                if (within) {
                    words.add(word.toString());
                }
                word.setLength(0);
                within = false;
                continue;
            }
            within = true;
            if (c == quote) {
                quote = 0;
            } else if (quote == 0 && (c == '"' || c == '\'')) {
                quote = c;
            } else if (c == '\\' && quote != '\'' && at + 1 < text.length()) {
                at++;
                word.append(text.charAt(at));
            } else {
                word.append(c);
            }
        }
        if (quote != 0) {
            throw new Refused("a quote " + quote + " is not closed in: " + text);
        }
        if (within) {
            words.add(word.toString());
        }
        return words;
    }

    /// Cuts blanks off both ends.
    static String strip(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isBlank(text.charAt(start))) {
            start++;
        }
        while (end > start && isBlank(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }
}
