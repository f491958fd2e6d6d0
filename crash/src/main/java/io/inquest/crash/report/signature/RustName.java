package io.inquest.crash.report.signature;

/// The path in a mangled Rust name: its identifiers in order, without generics and hashes.
///
/// Both manglings write an identifier as its length in decimal and its characters; the older one ends with a hash
/// as an identifier `h` and 16 digits. Sources: Rust RFC 2603 (v0); the legacy form is that of the Itanium C++
/// ABI.
final class RustName {

    private static final int HASH_CHARACTERS = 17;

    private RustName() {}

    /// `a::b::c`, or the name as it is when it holds no path.
    static String of(String mangled) {
        StringBuilder path = new StringBuilder();
        boolean older = mangled.startsWith("_ZN");
        int at = older ? 3 : 2;
        while (at < mangled.length()) {
            char c = mangled.charAt(at);
            if (c >= '1' && c <= '9') {
                int length = 0;
                while (at < mangled.length() && Character.isDigit(mangled.charAt(at)) && length < 1000) {
                    length = length * 10 + (mangled.charAt(at++) - '0');
                }
                if (!older && at < mangled.length() && mangled.charAt(at) == '_') {
                    at++;
                }
                int end = Math.min(mangled.length(), at + length);
                append(path, mangled.substring(at, end), older);
                at = end;
            } else if (!older && c == 's') {
                // A disambiguator, which is a hash: s, base 62 digits, _.
                int end = mangled.indexOf('_', at);
                at = end < 0 ? mangled.length() : end + 1;
            } else if (c == 'E' || c == 'I') {
                break;
            } else {
                at++;
            }
        }
        return path.isEmpty() ? mangled : path.toString();
    }

    private static void append(StringBuilder path, String identifier, boolean older) {
        boolean hash = older && identifier.length() == HASH_CHARACTERS && identifier.charAt(0) == 'h';
        if (!hash) {
            path.append(path.isEmpty() ? "" : "::").append(identifier);
        }
    }
}
