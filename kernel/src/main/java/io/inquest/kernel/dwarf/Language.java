package io.inquest.kernel.dwarf;

/// The languages of units (DWARF 5, section 7.12).
final class Language {

    static final long C11 = 0x1d;

    private static final int C89 = 0x01;
    private static final int C = 0x02;
    private static final int C99 = 0x0c;
    private static final int C17 = 0x2c;
    private static final int C23 = 0x3e;

    private Language() {}

    /// Whether types of the unit are C's; those of Rust have names that mean other things in C.
    static boolean isC(long language) {
        return language == C89
                || language == C
                || language == C99
                || language == C11
                || language == C17
                || language == C23;
    }
}
