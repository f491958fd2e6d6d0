package io.inquest.kdump.host;

/// Patterns as in `modules.alias`: `*` for any text, `?` for one character, `[…]` for one of these.
final class Wildcards {

    private Wildcards() {}

    /// The last `*` is the only one to come back to: what an earlier one may stand for was tried with it.
    static boolean match(String pattern, String text) {
        int p = 0;
        int t = 0;
        int star = -1;
        int starText = 0;
        while (t < text.length()) {
            int end = p < pattern.length() ? endOfOne(pattern, p) : p;
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                starText = t;
            } else if (p < pattern.length() && one(pattern, p, end, text.charAt(t))) {
                p = end;
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++starText;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }

    private static int endOfOne(String pattern, int at) {
        int close = pattern.charAt(at) == '[' ? pattern.indexOf(']', at) : -1;
        return close < 0 ? at + 1 : close + 1;
    }

    private static boolean one(String pattern, int from, int end, char c) {
        if (end == from + 1) {
            return pattern.charAt(from) == '?' || pattern.charAt(from) == c;
        }
        for (int at = from + 1; at < end - 1; at++) {
            boolean isRange = at + 2 < end - 1 && pattern.charAt(at + 1) == '-';
            if (isRange ? pattern.charAt(at) <= c && c <= pattern.charAt(at + 2) : pattern.charAt(at) == c) {
                return true;
            }
            at += isRange ? 2 : 0;
        }
        return false;
    }
}
