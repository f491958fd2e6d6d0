package io.inquest.crash.command.system;

import io.inquest.crash.UsageException;
import io.inquest.crash.command.SourceLines;
import io.inquest.crash.result.Column;
import io.inquest.crash.result.Columns;
import io.inquest.crash.result.Ending;
import io.inquest.crash.result.Result;
import io.inquest.crash.session.Expression;
import io.inquest.dump.MemoryFault;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.symbol.Symbol;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;

/// `sys -c`: the table of system calls.
final class SystemCalls {

    /// More than any architecture has.
    private static final int MOST_CALLS = 2048;

    private SystemCalls() {}

    /// An entry of the table.
    ///
    /// @param function name of what it points at, "" if no symbol is there
    private record Call(long number, long address, String function) {}

    /// @param wanted a part of names, a number, or "" for all
    static Result of(Kernel kernel, String wanted) throws IOException {
        Symbol table = kernel.symbols()
                .find("sys_call_table")
                .orElseThrow(() -> new UsageException("this kernel has no symbol sys_call_table"));
        int wordBytes = kernel.space().wordBytes();
        long count = Math.min(table.bytes() / wordBytes, MOST_CALLS);
        OptionalLong number = Expression.number(wanted, 10);
        SourceLines lines = SourceLines.of(kernel);
        return Result.rows(
                "calls",
                sink -> {
                    for (long i = 0; i < count; i++) {
                        Call call;
                        try {
                            call = call(kernel, i, table.address() + i * wordBytes);
                        } catch (MemoryFault lost) {
                            return Ending.incomplete(lost.getMessage());
                        }
                        boolean shown = number.isPresent()
                                ? i == number.getAsLong()
                                : call.function().contains(wanted);
                        // Behind the last entry the table is padded with zeros.
                        if (shown && call.address() != 0) {
                            sink.take(call);
                        }
                    }
                    return Ending.COMPLETE;
                },
                Columns.underIfAny(
                        lines.areKnown() ? "NUM  SYSTEM CALL                FILE AND LINE NUMBER" : "NUM  SYSTEM CALL",
                        "  ",
                        lines.areKnown()
                                ? List.of(
                                        Column.number("number", "", 3, Call::number),
                                        Column.words("function", "", 25, Call::function),
                                        Column.words(
                                                "line",
                                                "",
                                                0,
                                                call -> lines.at(call.address()).orElse("")))
                                : List.of(
                                        Column.number("number", "", 3, Call::number),
                                        Column.words("function", "", 0, Call::function))));
    }

    private static Call call(Kernel kernel, long number, long slot) throws IOException {
        long address = kernel.space().readWord(slot);
        String function =
                kernel.symbols().at(address).map(place -> place.symbol().name()).orElse("");
        return new Call(number, address, function);
    }
}
