package io.inquest.kernel.arch.x86_64.instruction;

import io.inquest.kernel.arch.Operand.Access;
import java.util.Locale;

/// How an opcode tells one operand: a word of the table's third column.
///
/// @param kind letter of the manual's appendix A
/// @param size of the operand
/// @param access what becomes of it
/// @param indirect whether it is where a jump leads
/// @param fixed what it always is, for kind `'='`; empty for others
record OperandForm(char kind, Size size, Access access, boolean indirect, String fixed) {

    /// A register or number that the opcode alone tells.
    static final char FIXED = '=';

    private static final String LETTERS = "EGMRZIJOXYSCDPQNVWUHBLKk";

    static OperandForm parse(String word) {
        Access access = switch (word.charAt(0)) {
            case '=' -> Access.WRITE;
            case '+' -> Access.READ_WRITE;
            case '&' -> Access.ADDRESS;
            default -> Access.READ;
        };
        boolean indirect = word.startsWith("*");
        String code = access == Access.READ && !indirect ? word : word.substring(1);
        String size = code.substring(1);
        boolean letter = LETTERS.indexOf(code.charAt(0)) >= 0 && size.equals(size.toLowerCase(Locale.ROOT));
        if (!letter || code.equals("1")) {
            return new OperandForm(FIXED, Size.NONE, access, indirect, code);
        }
        return new OperandForm(
                code.charAt(0),
                size.isEmpty() ? Size.NONE : Size.valueOf(size.toUpperCase(Locale.ROOT)),
                access,
                indirect,
                "");
    }

    /// Whether the ModRM byte tells it.
    boolean usesModRm() {
        return "EGMRSCDPQNVWUKk".indexOf(kind) >= 0;
    }

    /// Whether ModRM's end tells it, a register or a place in memory.
    boolean isModRmEnd() {
        return "EMRQNWUk".indexOf(kind) >= 0;
    }

    /// Whether it is in general registers or in memory, so that a suffix may tell its size.
    boolean isGeneral() {
        return "EGMXY".indexOf(kind) >= 0;
    }
}
