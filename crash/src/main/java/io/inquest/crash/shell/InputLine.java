package io.inquest.crash.shell;

import io.inquest.crash.UsageException;
import java.util.ArrayList;
import java.util.List;

/// One line of input, taken apart.
///
/// | written               | means                                             |
/// |-----------------------|---------------------------------------------------|
/// | `CMD …`               | a command                                         |
/// | `CMD … > FILE`        | its answer replaces a file; `>>` appends to it    |
/// | `CMD … PIPE SHELL…`   | its answer goes to a shell command (`PIPE` is a vertical bar) |
/// | `"…"`, `'…'`          | quoted: blanks and marks lose their meaning       |
/// | `(…)`                 | one word, blanks and marks included               |
///
/// `>` counts only at the beginning of a word, so that `p task->comm` is an expression.
///
/// @param words the command and its words, quotes removed but for single ones around a whole word
/// @param quoted whether the first word was quoted, and so is no alias
/// @param destination where its answer goes
record InputLine(List<String> words, boolean quoted, Destination destination) {

    /// Where an answer goes.
    sealed interface Destination {

        /// To where all answers go.
        record Here() implements Destination {}

        /// Into a file.
        record ToFile(String path, boolean append) implements Destination {}

        /// Into a shell command.
        record ToShell(String commandLine) implements Destination {}
    }

    static InputLine parse(String line) {
        return new Reader(line).read();
    }

    /// Reads one line once.
    private static final class Reader {

        private final String line;
        private final List<String> words = new ArrayList<>();
        private boolean firstQuoted;
        private int at;

        Reader(String line) {
            this.line = line;
        }

        InputLine read() {
            while (true) {
                skipBlanks();
                if (at == line.length()) {
                    return new InputLine(words, firstQuoted, new Destination.Here());
                }
                char c = line.charAt(at);
                if (c == '|') {
                    String shell = line.substring(at + 1).strip();
                    return new InputLine(
                            words, firstQuoted, new Destination.ToShell(required(shell, "|", "a command")));
                }
                if (c == '>') {
                    return new InputLine(words, firstQuoted, file());
                }
                words.add(word());
            }
        }

        private Destination file() {
            boolean append = line.startsWith(">>", at);
            at += append ? 2 : 1;
            skipBlanks();
            String path = at == line.length() ? "" : word();
            skipBlanks();
            if (at < line.length()) {
                throw new UsageException("one file is expected after >, found: " + line.substring(at));
            }
            return new Destination.ToFile(required(path, ">", "a file"), append);
        }

        private static String required(String found, String mark, String what) {
            if (found.isEmpty()) {
                throw new UsageException(what + " is expected after " + mark);
            }
            return found;
        }

        private void skipBlanks() {
            while (at < line.length() && (line.charAt(at) == ' ' || line.charAt(at) == '\t')) {
                at++;
            }
        }

        private String word() {
            StringBuilder word = new StringBuilder();
            int open = 0;
            while (at < line.length()) {
                char c = line.charAt(at);
                if (c == '"' || c == '\'') {
                    quoted(word, c);
                    firstQuoted |= words.isEmpty();
                    continue;
                }
                if (open == 0 && " \t|".indexOf(c) >= 0) {
                    break;
                }
                open += c == '(' ? 1 : c == ')' && open > 0 ? -1 : 0;
                word.append(c);
                at++;
            }
            if (open > 0) {
                throw new UsageException("a parenthesis is not closed: " + word);
            }
            return word.toString();
        }

        private void quoted(StringBuilder word, char quote) {
            int end = line.indexOf(quote, at + 1);
            if (end < 0) {
                throw new UsageException("a quote is not closed: " + line.substring(at));
            }
            boolean whole = word.isEmpty() && (end + 1 == line.length() || " \t|".indexOf(line.charAt(end + 1)) >= 0);
            boolean kept = quote == '\'' && whole;
            word.append(line, kept ? at : at + 1, kept ? end + 1 : end);
            at = end + 1;
        }
    }
}
