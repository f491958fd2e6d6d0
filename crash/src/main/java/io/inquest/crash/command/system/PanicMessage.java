package io.inquest.crash.command.system;

import io.inquest.kernel.Kernel;
import io.inquest.kernel.log.KernelLog;
import io.inquest.kernel.log.LogRange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The line of the log that tells why the kernel died, as crash chooses it.
public final class PanicMessage {

    /// The first of these that the log has anywhere, in crash's order; then the first line with it.
    private static final String[] MARKS = {
        "SysRq : Crash",
        "SysRq : Trigger a crash",
        "SysRq : Netdump",
        "Kernel panic: ",
        "Kernel panic - ",
        "Kernel BUG at",
        "kernel BUG at",
        "Unable to handle kernel paging request",
        "Unable to handle kernel NULL pointer dereference",
        "BUG: unable to handle kernel ",
        "general protection fault: ",
        "double fault: ",
        "divide error: ",
        "stack segment: ",
        "[Hardware Error]: ",
        "Bad mode in ",
        "Oops: ",
    };

    private PanicMessage() {}

    /// The whole line; empty if the log has none of the marks.
    public static Optional<String> of(Kernel kernel) throws IOException {
        List<String> lines = new ArrayList<>();
        KernelLog.open(kernel)
                .visit(
                        LogRange.ALL,
                        record -> StandardCharsets.ISO_8859_1
                                .decode(record.text().duplicate())
                                .toString()
                                .lines()
                                .forEach(lines::add));
        for (String mark : MARKS) {
            for (String line : lines) {
                if (line.contains(mark)) {
                    return Optional.of(line);
                }
            }
        }
        return Optional.empty();
    }
}
