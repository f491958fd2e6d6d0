package io.inquest.fuzz;

/// Text that does nothing to a terminal, by Unicode's own classes of characters and not by our list of them.
final class Harmless {

    private Harmless() {}

    /// Throws an [AssertionError] if `text` has a control or format character beside those of `allowed`, a
    /// separator of lines, or half a character.
    static void check(String text, String allowed) {
        text.codePoints().forEach(c -> {
            int type = Character.getType(c);
            boolean harmful = type == Character.CONTROL
                    || type == Character.FORMAT
                    || type == Character.LINE_SEPARATOR
                    || type == Character.PARAGRAPH_SEPARATOR
                    || type == Character.SURROGATE;
            if (harmful && allowed.indexOf(c) < 0) {
                throw new AssertionError("character " + Integer.toHexString(c) + " is let through");
            }
        });
    }
}
