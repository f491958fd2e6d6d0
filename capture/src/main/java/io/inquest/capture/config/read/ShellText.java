package io.inquest.capture.config.read;

import io.inquest.capture.config.Origin;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The assignments of a file that a shell sources, such as `/etc/sysconfig/kdump`.
///
/// The file is read, never run. What a shell does to an assignment is done: quotes, backslashes, continued lines,
/// `$NAME` of a variable that stands above, `+=` of bash. Anything that would run something is refused. A variable
/// that is set twice has its last value, as in the shell, and is warned of.
final class ShellText {

    private final SourceFile file;
    private final Problems problems;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final List<Entry> appended = new ArrayList<>();
    private final String text;
    private int at;
    private int line = 1;

    private ShellText(SourceFile file, Problems problems) {
        this.file = file;
        this.problems = problems;
        text = file.text();
    }

    /// Reads a file; what is wrong goes to `problems`.
    static ShellText read(SourceFile file, Problems problems) {
        ShellText shell = new ShellText(file, problems);
        while (shell.at < shell.text.length()) {
            shell.statement();
        }
        return shell;
    }

    /// Each variable once, in the order in which they first stand there.
    List<Entry> entries() {
        return List.copyOf(entries.values());
    }

    /// Variables that `+=` adds to, which bash knows and a plain shell does not.
    List<Entry> appended() {
        return List.copyOf(appended);
    }

    private void statement() {
        char c = text.charAt(at);
        if (c == '\n' || c == ' ' || c == '\t' || c == ';') {
            advance();
        } else if (c == '#') {
            skipLine();
        } else {
            Origin.Line here = new Origin.Line(file.name(), line);
            try {
                assignment(here);
            } catch (Refused refused) {
                problems.error(here, refused.sentence());
                skipLine();
            }
        }
    }

    private char advance() {
        char c = text.charAt(at);
        at++;
        if (c == '\n') {
            line++;
        }
        return c;
    }

    private void skipLine() {
        while (at < text.length() && text.charAt(at) != '\n') {
            at++;
        }
    }

    private void assignment(Origin.Line here) throws Refused {
        String name = name();
        if (name.equals("export") && at < text.length() && Words.isBlank(text.charAt(at))) {
            return;
        }
        boolean appends = text.startsWith("+=", at);
        if (name.isEmpty() || !(appends || text.startsWith("=", at))) {
            throw new Refused("here stands '" + restOfLine(at - name.length())
                    + "'; a line must be VARIABLE=VALUE, since" + " this file is read and not run");
        }
        at += appends ? 2 : 1;
        String value = value(name);
        Entry before = entries.get(name);
        if (appends) {
            value = (before == null ? "" : before.value()) + value;
        } else if (before != null) {
            problems.warn(
                    here,
                    name + " is set a second time, first in line " + before.at().line()
                            + "; this one counts, as in a shell");
        }
        Entry entry = new Entry(name, value, here);
        entries.put(name, entry);
        if (appends) {
            appended.add(entry);
        }
    }

    private String name() {
        int start = at;
        while (at < text.length() && isName(text.charAt(at), at - start)) {
            at++;
        }
        return text.substring(start, at);
    }

    private static boolean isName(char c, int index) {
        boolean letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
        return letter || (index > 0 && c >= '0' && c <= '9');
    }

    private String restOfLine(int from) {
        int end = text.indexOf('\n', from);
        String rest = Words.strip(text.substring(from, end < 0 ? text.length() : end));
        return rest.length() <= 40 ? rest : rest.substring(0, 40) + "…";
    }

    private String value(String name) throws Refused {
        if (text.startsWith("~", at)) {
            throw new Refused(name + " begins with ~; write the whole path");
        }
        StringBuilder value = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at);
            if (Words.isBlank(c) || c == ';') {
                break;
            }
            switch (c) {
                case '\'' -> singleQuoted(name, value);
                case '"' -> doubleQuoted(name, value);
                case '\\' -> escaped(value);
                case '$' -> expansion(name, value);
                case '\r' ->
                    throw new Refused(
                            "the line ends in a carriage return, which would become part of its value; remove it"
                                    + " from all lines with: sed -i 's/\\r$//' " + file.name());
                case '`', '(', ')', '|', '&', '<', '>' ->
                    throw new Refused(
                            name + " has " + c + " outside of quotes, which a shell acts on; this file is read and"
                                    + " not run, so write the value itself, in quotes");
                default -> value.append(advance());
            }
        }
        return value.toString();
    }

    private void singleQuoted(String name, StringBuilder value) throws Refused {
        int end = text.indexOf('\'', at + 1);
        if (end < 0) {
            throw unclosed(name, '\'');
        }
        at++;
        while (at < end) {
            value.append(advance());
        }
        at++;
    }

    private void doubleQuoted(String name, StringBuilder value) throws Refused {
        at++;
        while (at < text.length()) {
            char c = text.charAt(at);
            switch (c) {
                case '"' -> {
                    at++;
                    return;
                }
                case '\\' -> escapedInQuotes(value);
                case '$' -> expansion(name, value);
                case '`' -> throw command(name);
                default -> value.append(advance());
            }
        }
        throw unclosed(name, '"');
    }

    private static Refused unclosed(String name, char quote) {
        return new Refused("the quote " + quote + " of " + name + " is not closed until the end of the file");
    }

    private static Refused command(String name) {
        return new Refused(
                name + " takes the output of a command; this file is read and not run, so write the value itself");
    }

    /// A backslash keeps what follows, and takes away a line's end.
    private void escaped(StringBuilder value) {
        at++;
        if (at < text.length()) {
            char c = advance();
            if (c != '\n') {
                value.append(c);
            }
        }
    }

    /// Between `"` a backslash keeps only what else had a meaning there.
    private void escapedInQuotes(StringBuilder value) {
        char next = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
        if (next == '"' || next == '\\' || next == '$' || next == '`' || next == '\n') {
            escaped(value);
        } else {
            value.append(advance());
        }
    }

    private void expansion(String name, StringBuilder value) throws Refused {
        char next = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
        if (next == '(') {
            throw command(name);
        }
        boolean braced = next == '{';
        if (!braced && !isName(next, 0)) {
            if ((next >= '0' && next <= '9') || "'?$!#@*-".indexOf(next) >= 0) {
                throw new Refused(
                        name + " has $" + next + ", which only a running shell knows; write the value itself");
            }
            value.append(advance());
            return;
        }
        at += braced ? 2 : 1;
        String used = name();
        if (braced) {
            if (used.isEmpty() || at == text.length() || text.charAt(at) != '}') {
                throw new Refused(
                        name + " has ${" + used + "…, which is more than a variable's name; write the value itself");
            }
            at++;
        }
        Entry known = entries.get(used);
        if (known != null) {
            value.append(known.value());
        } else {
            problems.warn(
                    new Origin.Line(file.name(), line), used + " is set nowhere above, so $" + used + " is nothing");
        }
    }
}
