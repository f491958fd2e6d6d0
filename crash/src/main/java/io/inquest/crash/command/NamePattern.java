package io.inquest.crash.command;

/// A pattern for names as in grep(1): `^` and `$` at the ends, `.` for any letter, `*` behind what may be repeated.
///
/// For names of at most a few dozen letters; the rest of what regular expressions can do is not worth their start.
public final class NamePattern {

    private final String pattern;

    public NamePattern(String pattern) {
        this.pattern = pattern;
    }

    /// Whether the pattern is found anywhere in the name.
    public boolean isIn(String name) {
        if (pattern.startsWith("^")) {
            return matchesHere(1, name, 0);
        }
        for (int start = 0; start <= name.length(); start++) {
            if (matchesHere(0, name, start)) {
                return true;
            }
        }
        return false;
    }

    private boolean matchesHere(int at, String name, int from) {
        if (at == pattern.length()) {
            return true;
        }
        if (at + 1 < pattern.length() && pattern.charAt(at + 1) == '*') {
            return matchesRepeated(at, name, from);
        }
        if (pattern.charAt(at) == '$' && at + 1 == pattern.length()) {
            return from == name.length();
        }
        return from < name.length() && matchesOne(at, name.charAt(from)) && matchesHere(at + 1, name, from + 1);
    }

    private boolean matchesRepeated(int at, String name, int from) {
        int end = from;
        while (end < name.length() && matchesOne(at, name.charAt(end))) {
            end++;
        }
        for (int next = end; next >= from; next--) {
            if (matchesHere(at + 2, name, next)) {
                return true;
            }
        }
        return false;
    }

    private boolean matchesOne(int at, char c) {
        return pattern.charAt(at) == '.' || pattern.charAt(at) == c;
    }
}
