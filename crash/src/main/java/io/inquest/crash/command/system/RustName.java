package io.inquest.crash.command.system;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Names of Rust functions as people write them, `<rust_panic::HelloPanic>::step_two`, from those that the
/// kernel's symbols have (`_RNvMs_Cs…`): the v0 scheme of Rust's RFC 2603.
///
/// Types of functions, `dyn` and names in Punycode are not spelled: a symbol with one of them stays as it is.
final class RustName {

    private static final String START = "_R";
    private static final int DEEPEST = 64;
    private static final int LONGEST = 4096;

    /// The letters of basic types; an empty name is none.
    private static final List<String> BASIC = List.of(
            "i8", "bool", "char", "f64", "str", "f32", "", "u8", "isize", "usize", "", "i32", "u32", "i128", "u128",
            "_", "", "", "i16", "u16", "()", "...", "", "i64", "u64", "!");

    private final String mangled;
    private final StringBuilder out = new StringBuilder();
    private int at;
    private int depth;

    private RustName(String mangled) {
        this.mangled = mangled;
    }

    /// A symbol is not understood.
    private static final class Unknown extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Unknown() {
            super("no symbol of Rust", null, false, false);
        }
    }

    /// A text in which each such symbol is spelled.
    static String inText(String text) {
        StringBuilder out = new StringBuilder();
        int from = 0;
        for (int start = text.indexOf(START); start >= 0; start = text.indexOf(START, start + 1)) {
            if (start >= from && (start == 0 || !isName(text.charAt(start - 1)))) {
                int end = start;
                while (end < text.length() && isName(text.charAt(end))) {
                    end++;
                }
                out.append(text, from, start);
                out.append(of(text.substring(start, end)).orElse(text.substring(start, end)));
                from = end;
            }
        }
        return out.append(text, from, text.length()).toString();
    }

    private static boolean isName(char c) {
        return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    /// One symbol; empty if it is none of Rust, or holds what is not spelled here.
    static Optional<String> of(String symbol) {
        if (!symbol.startsWith(START)) {
            return Optional.empty();
        }
        try {
            RustName name = new RustName(symbol.substring(START.length()));
            name.path(true);
            return Optional.of(name.out.toString());
        } catch (Unknown unknown) {
            return Optional.empty();
        }
    }

    private char next() {
        if (at >= mangled.length() || out.length() > LONGEST) {
            throw new Unknown();
        }
        return mangled.charAt(at++);
    }

    private boolean skip(char c) {
        boolean found = at < mangled.length() && mangled.charAt(at) == c;
        at += found ? 1 : 0;
        return found;
    }

    /// `inValue`: where generic arguments need a `::` before them.
    private void path(boolean inValue) {
        enter();
        switch (next()) {
            case 'C' -> identifier();
            case 'N' -> nested(inValue);
            case 'M' -> {
                implementation();
                out.append('<');
                type();
                out.append('>');
            }
            case 'X' -> {
                implementation();
                typeAsTrait();
            }
            case 'Y' -> typeAsTrait();
            case 'I' -> {
                path(inValue);
                out.append(inValue ? "::<" : "<");
                commaSeparated();
                out.append('>');
            }
            case 'B' -> reference(() -> path(inValue));
            default -> throw new Unknown();
        }
        depth--;
    }

    private void enter() {
        if (++depth > DEEPEST) {
            throw new Unknown();
        }
    }

    /// In a namespace of capitals are what has no name of its own, such as closures.
    private void nested(boolean inValue) {
        char namespace = next();
        path(inValue);
        long number = disambiguator();
        String name = plainIdentifier();
        if (namespace >= 'A' && namespace <= 'Z') {
            String kind = namespace == 'C' ? "closure" : namespace == 'S' ? "shim" : String.valueOf(namespace);
            out.append("::{")
                    .append(kind)
                    .append(name.isEmpty() ? "" : ":" + name)
                    .append('#')
                    .append(number)
                    .append('}');
        } else {
            out.append(name.isEmpty() ? "" : "::").append(name);
        }
    }

    /// Where an implementation stands in the sources is not shown.
    private void implementation() {
        disambiguator();
        int length = out.length();
        path(false);
        out.setLength(length);
    }

    private void typeAsTrait() {
        out.append('<');
        type();
        out.append(" as ");
        path(false);
        out.append('>');
    }

    private void identifier() {
        disambiguator();
        out.append(plainIdentifier());
    }

    private String plainIdentifier() {
        if (skip('u')) {
            throw new Unknown();
        }
        int length = 0;
        while (at < mangled.length() && Character.isDigit(mangled.charAt(at)) && length < LONGEST) {
            length = length * 10 + (mangled.charAt(at++) - '0');
        }
        skip('_');
        if (length > mangled.length() - at) {
            throw new Unknown();
        }
        at += length;
        return mangled.substring(at - length, at);
    }

    private long disambiguator() {
        return skip('s') ? base62() + 1 : 0;
    }

    /// `_` is 0, `0_` is 1, and so on.
    private long base62() {
        if (skip('_')) {
            return 0;
        }
        long value = 0;
        for (char c = next(); c != '_'; c = next()) {
            int digit = c <= '9' ? c - '0' : c >= 'a' ? c - 'a' + 10 : c - 'A' + 36;
            value = value * 62 + digit;
        }
        return value + 1;
    }

    /// What stands earlier in the symbol is said again.
    private void reference(Runnable what) {
        int here = at - 1;
        long target = base62();
        if (target < 0 || target >= here) {
            throw new Unknown();
        }
        int after = at;
        at = (int) target;
        what.run();
        at = after;
    }

    private void type() {
        enter();
        char c = next();
        switch (c) {
            case 'A' -> {
                out.append('[');
                type();
                out.append("; ");
                constant();
                out.append(']');
            }
            case 'S' -> wrapped("[", "]");
            case 'T' -> tuple();
            case 'R' -> {
                lifetime();
                wrapped("&", "");
            }
            case 'Q' -> {
                lifetime();
                wrapped("&mut ", "");
            }
            case 'P' -> wrapped("*const ", "");
            case 'O' -> wrapped("*mut ", "");
            case 'B' -> reference(this::type);
            default -> {
                String basic = c >= 'a' && c <= 'z' ? BASIC.get(c - 'a') : "";
                if (basic.isEmpty()) {
                    at--;
                    path(false);
                } else {
                    out.append(basic);
                }
            }
        }
        depth--;
    }

    private void wrapped(String before, String after) {
        out.append(before);
        type();
        out.append(after);
    }

    private void tuple() {
        out.append('(');
        int elements = commaSeparated();
        out.append(elements == 1 ? ",)" : ")");
    }

    /// Types, constants and lifetimes up to an `E`.
    private int commaSeparated() {
        List<Integer> found = new ArrayList<>();
        while (!skip('E')) {
            out.append(found.isEmpty() ? "" : ", ");
            found.add(at);
            if (skip('K')) {
                constant();
            } else if (skip('L')) {
                base62();
                out.append("'_");
            } else {
                type();
            }
        }
        return found.size();
    }

    private void lifetime() {
        if (skip('L')) {
            base62();
        }
    }

    /// A number in hexadecimal after its type, or `p` for one that is left open.
    private void constant() {
        if (skip('p')) {
            out.append('_');
            return;
        }
        char type = next();
        String digits = "";
        boolean negative = skip('n');
        for (char c = next(); c != '_'; c = next()) {
            digits += c;
        }
        out.append(negative ? "-" : "").append(type == 'b' ? (digits.equals("1") ? "true" : "false") : number(digits));
    }

    private static String number(String digits) {
        if (digits.length() > 15) {
            return "0x" + digits;
        }
        try {
            return digits.isEmpty() ? "0" : Long.toString(Long.parseLong(digits, 16));
        } catch (NumberFormatException none) {
            throw new Unknown();
        }
    }
}
