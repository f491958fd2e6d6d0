package io.inquest.crash.report.log;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/// Registers on a line of an oops: `RAX: 0 RBX: 1`, `x29: 0 x28: 1`, `GPR00: 0 1 2 3`.
final class RegisterLine {

    private static final Set<String> NAMES = Set.of(
            "RAX RBX RCX RDX RSI RDI RBP RSP R08 R09 R10 R11 R12 R13 R14 R15 CR2 CR3 EFLAGS ORIG_RAX EAX EBX ECX EDX"
                    .concat(" ESI EDI EBP ESP eax ebx ecx edx esi edi ebp esp sp lr pstate LR CTR MSR")
                    .concat(" ra gp tp epc badaddr cause status")
                    .split(" ", -1));

    private RegisterLine() {}

    /// The registers of the line; none if it is another line.
    static List<LoggedRegister> parse(String line) {
        List<LoggedRegister> found = new ArrayList<>();
        Cursor cursor = new Cursor(line);
        while (true) {
            cursor.skipBlanks();
            if (cursor.atEnd()) {
                return found;
            }
            int from = cursor.at();
            String name = cursor.symbol();
            cursor.skipBlanks();
            if (!isRegister(name) || !cursor.skip(':')) {
                cursor.moveTo(from);
                cursor.word();
                continue;
            }
            values(name, cursor, found);
        }
    }

    private static void values(String name, Cursor cursor, List<LoggedRegister> found) {
        int number = name.startsWith("GPR") ? Integer.parseInt(name.substring(3)) : -1;
        do {
            cursor.skipBlanks();
            OptionalLong value = value(cursor);
            if (value.isEmpty()) {
                return;
            }
            found.add(new LoggedRegister(number < 0 ? name : "r" + number++, value.getAsLong()));
        } while (number >= 0);
    }

    /// The bits, behind a selector (`0018:ffff…`) if there is one.
    private static OptionalLong value(Cursor cursor) {
        int from = cursor.at();
        OptionalLong value = cursor.hex();
        if (value.isPresent() && cursor.skip(':')) {
            value = cursor.hex();
        }
        char next = cursor.peek();
        if (value.isEmpty() || (next != 0 && !Cursor.isBlank(next) && next != '(')) {
            cursor.moveTo(from);
            return OptionalLong.empty();
        }
        return value;
    }

    private static boolean isRegister(String name) {
        return NAMES.contains(name) || numbered(name, "x", 30) || numbered(name, "GPR", 31) || numbered(name, "r", 15);
    }

    private static boolean numbered(String name, String prefix, int most) {
        if (!name.startsWith(prefix) || name.length() == prefix.length() || name.length() > prefix.length() + 2) {
            return false;
        }
        String digits = name.substring(prefix.length());
        return digits.chars().allMatch(c -> Cursor.isDigit((char) c)) && Integer.parseInt(digits) <= most;
    }
}
