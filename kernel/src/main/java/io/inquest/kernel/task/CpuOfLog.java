package io.inquest.kernel.task;

import io.inquest.kernel.log.KernelLog;
import io.inquest.kernel.log.LogRange;
import io.inquest.kernel.log.LogRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;

/// The CPU that the log names last, in the line `CPU: 1 PID: 247 Comm: …` below a disaster (kernel:
/// `lib/dump_stack.c`).
final class CpuOfLog {

    private static final String START = "CPU: ";

    private CpuOfLog() {}

    static OptionalInt last(KernelLog log) throws IOException {
        int[] last = {-1};
        log.visit(LogRange.ALL, each -> last[0] = number(each, last[0]));
        return last[0] < 0 ? OptionalInt.empty() : OptionalInt.of(last[0]);
    }

    private static int number(LogRecord each, int otherwise) {
        String line =
                StandardCharsets.ISO_8859_1.decode(each.text().duplicate()).toString();
        if (!line.startsWith(START) || !line.contains(" PID: ")) {
            return otherwise;
        }
        int number = 0;
        int at = START.length();
        while (at < line.length() && at < START.length() + 5 && Character.isDigit(line.charAt(at))) {
            number = number * 10 + line.charAt(at) - '0';
            at++;
        }
        return at == START.length() ? otherwise : number;
    }
}
