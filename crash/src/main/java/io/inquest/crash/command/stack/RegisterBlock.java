package io.inquest.crash.command.stack;

import io.inquest.crash.result.TextWriter;
import io.inquest.kernel.arch.Registers;
import io.inquest.output.JsonWriter;
import java.io.IOException;
import java.util.Locale;

/// All registers of an interrupted frame, as crash shows them.
///
/// A row has names that may be right-justified and the digits of their values. Where a machine lacks these names, all
/// that
/// it has are shown in its own order.
final class RegisterBlock {

    private static final int SHORT_DIGITS = 4;
    private static final int FLAG_DIGITS = 8;
    private static final int WORD_DIGITS = 16;
    private static final int PER_ROW = 3;

    private static final String[][] ROWS = {
        {"rip", "rsp", "rflags"},
        {"rax", "rbx", "rcx"},
        {"rdx", "rsi", "rdi"},
        {"rbp", "r8", "r9"},
        {"r10", "r11", "r12"},
        {"r13", "r14", "r15"},
        {"orig_rax", "cs", "ss"},
    };

    private RegisterBlock() {}

    static void text(Registers registers, TextWriter out) throws IOException {
        if (!registers.names().names().contains(ROWS[0][0])) {
            inOwnOrder(registers, out);
            return;
        }
        for (String[] row : ROWS) {
            out.blanks(2);
            for (String name : row) {
                out.text("  ")
                        .right(name.toUpperCase(Locale.ROOT), digits(name) == SHORT_DIGITS ? 2 : 3)
                        .text(": ");
                out.zeroHex(registers.find(name).orElse(0), digits(name));
            }
            out.newLine();
        }
    }

    private static int digits(String name) {
        return switch (name) {
            case "cs", "ss" -> SHORT_DIGITS;
            case "rflags" -> FLAG_DIGITS;
            default -> WORD_DIGITS;
        };
    }

    private static void inOwnOrder(Registers registers, TextWriter out) throws IOException {
        for (int i = 0; i < registers.count(); i++) {
            out.text(i % PER_ROW == 0 ? "    " : "  ");
            out.right(registers.names().names().get(i).toUpperCase(Locale.ROOT), 6)
                    .text(": ");
            out.zeroHex(registers.value(i), WORD_DIGITS);
            if (i % PER_ROW == PER_ROW - 1 || i == registers.count() - 1) {
                out.newLine();
            }
        }
    }

    /// An object with the registers that are known.
    static void write(Registers registers, JsonWriter json) throws IOException {
        json.beginObject();
        for (int i = 0; i < registers.count(); i++) {
            if (registers.isKnown(i)) {
                json.name(registers.names().names().get(i)).hex(registers.value(i));
            }
        }
        json.endObject();
    }
}
