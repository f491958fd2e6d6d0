package io.inquest.crash.report.log;

import io.inquest.crash.report.CallFrame;
import io.inquest.crash.report.Trust;
import java.util.List;
import java.util.Optional;

/// A line that names the instruction at which the kernel was interrupted or failed.
///
/// | Begins with               | Where                                              |
/// |---------------------------|----------------------------------------------------|
/// | `RIP: 0010:`              | x86-64; another selector than the kernel's is a user's |
/// | `EIP is at`, `EIP:`, `IP:` | i386                                              |
/// | `pc : `, `PC is at`       | arm64, arm                                         |
/// | `NIP [`                   | powerpc                                            |
/// | `Krnl PSW :`              | s390x, the name in parentheses                     |
/// | `epc : `                  | riscv, mips                                        |
final class TrapLine {

    private static final List<String> PREFIXES =
            List.of("EIP is at", "EIP:", "IP:", "RIP ", "pc :", "PC is at", "NIP ", "epc :", "epc   :", "ERA:", "TPC:");
    private static final List<String> USER_SELECTORS = List.of("0033:", "0023:", "002b:", "0073:");

    private TrapLine() {}

    /// The function that the line names.
    static Optional<CallFrame> parse(String line) {
        Cursor cursor = new Cursor(line);
        cursor.skipBlanks();
        if (cursor.skip("RIP: ")) {
            return kernelSelector(cursor).flatMap(TrapLine::function);
        }
        if (cursor.skip("Krnl PSW :")) {
            return cursor.before("(").flatMap(ignored -> function(cursor));
        }
        for (String prefix : PREFIXES) {
            if (cursor.skip(prefix)) {
                return function(cursor);
            }
        }
        return Optional.empty();
    }

    /// `0010:` and the like; the function's name follows at once and may begin with letters that are digits, too.
    private static Optional<Cursor> kernelSelector(Cursor cursor) {
        for (String user : USER_SELECTORS) {
            if (cursor.skip(user)) {
                return Optional.empty();
            }
        }
        int from = cursor.at();
        String selector = cursor.rest();
        if (selector.length() > 5 && selector.charAt(4) == ':') {
            cursor.moveTo(from + 5);
        }
        return Optional.of(cursor);
    }

    private static Optional<CallFrame> function(Cursor cursor) {
        return FrameLine.frameIn(cursor.rest()).map(frame -> frame.with(Trust.REGISTERS));
    }
}
