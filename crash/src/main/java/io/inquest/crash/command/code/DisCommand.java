package io.inquest.crash.command.code;

import io.inquest.crash.UsageException;
import io.inquest.crash.code.AddressNames;
import io.inquest.crash.code.CodeMemory;
import io.inquest.crash.code.FunctionCode;
import io.inquest.crash.command.Command;
import io.inquest.crash.command.Declaration;
import io.inquest.crash.command.Invocation;
import io.inquest.crash.command.Option;
import io.inquest.crash.command.SourceLines;
import io.inquest.crash.command.memory.UserMemory;
import io.inquest.crash.result.Result;
import io.inquest.crash.result.RowSource;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.arch.Disassembler;
import io.inquest.kernel.arch.Instruction;
import io.inquest.kernel.dwarf.SourceLine;
import io.inquest.kernel.symbol.Place;
import io.inquest.kernel.symbol.Symbol;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `dis`: instructions of the kernel's code, as the dead kernel had it in memory.
public final class DisCommand implements Command {

    private static final int MOST = 1 << 16;

    private static final Option REVERSE = Option.flag("r", "from the function's start to the address");
    private static final Option FORWARD = Option.flag("f", "from the address to the function's end");
    private static final Option LINES = Option.flag("l", "source lines, with a vmlinux");
    private static final Option USER = Option.flag("u", "the address is a user address of the current task");
    private static final Option HEXADECIMAL = Option.flag("x", "distances from symbols in hexadecimal");
    private static final Option DECIMAL = Option.flag("d", "distances from symbols in decimal");
    private static final Option SOURCE = Option.flag("s", "the source line of the address, with a vmlinux");

    private static final Declaration DECLARATION = Declaration.of("dis", "instructions of the kernel's code")
            .options(REVERSE, FORWARD, LINES, USER, HEXADECIMAL, DECIMAL, SOURCE)
            .takes("symbol | address | (expression) [count]", 1, 2)
            .details("""
                    Of a symbol the whole function is shown, else one instruction or as many as the count says. The code
                    is that of the dump: with all that the kernel had patched in it.""")
            .example("dis vfs_read", "a function")
            .example("dis -r ffffffff8119d4e0", "what led to that address in its function")
            .example("dis -l schedule 10", "the first ten instructions and the lines that they come from");

    @Override
    public Declaration declaration() {
        return DECLARATION;
    }

    @Override
    public Result run(Invocation invocation) throws IOException {
        if (invocation.has(HEXADECIMAL) && invocation.has(DECIMAL)) {
            throw new UsageException("-d and -x are mutually exclusive");
        }
        String word = invocation.words().getFirst();
        boolean function =
                invocation.kernel().symbols().find(word).filter(Symbol::isText).isPresent();
        long address = address(invocation, word);
        Optional<Integer> count = invocation.words().size() < 2
                ? Optional.empty()
                : Optional.of(invocation.count(invocation.words().get(1), 1));
        if (invocation.has(SOURCE)) {
            return source(invocation.kernel(), address);
        }
        List<Instruction> code = invocation.has(USER)
                ? following(invocation, address, count.orElse(1))
                : code(invocation, address, function && count.isEmpty(), count);
        boolean hexadecimal = !invocation.has(DECIMAL)
                && (invocation.has(HEXADECIMAL)
                        || invocation.session().settings().isHexadecimal());
        AddressNames names = new AddressNames(invocation.kernel().symbols(), hexadecimal);
        CodeLayout layout = new CodeLayout(names, invocation.has(USER) ? "   " : "");
        return Result.rows("instructions", RowSource.of(rows(invocation, code)), layout);
    }

    /// Distances from a symbol are decimal, as they are shown.
    private static long address(Invocation invocation, String word) throws IOException {
        int plus = word.indexOf('+');
        boolean distance = plus > 0
                && invocation.kernel().symbols().find(word.substring(0, plus)).isPresent();
        return distance ? invocation.number(word) : invocation.address(word);
    }

    private static List<Instruction> code(Invocation invocation, long address, boolean whole, Optional<Integer> count)
            throws IOException {
        Optional<Place> place = invocation.kernel().symbols().at(address);
        if (!whole && !invocation.has(REVERSE) && !invocation.has(FORWARD)) {
            return following(invocation, address, count.orElse(1));
        }
        if (place.isEmpty()) {
            throw new UsageException("no function at " + Long.toHexString(address));
        }
        FunctionCode function = FunctionCode.of(invocation.kernel(), place.get().symbol());
        if (invocation.has(REVERSE)) {
            List<Instruction> until = until(function.instructions(), address);
            return until.subList(Math.max(0, until.size() - count.orElse(MOST)), until.size());
        }
        if (count.isEmpty()) {
            return function.instructions().stream()
                    .filter(instruction -> Long.compareUnsigned(instruction.address(), address) >= 0)
                    .toList();
        }
        // With a count an address within an instruction, too, is where the listing begins.
        List<Instruction> from = FunctionCode.decode(disassembler(invocation), function.bytesFrom(address), address);
        return from.subList(0, Math.min(from.size(), count.get()));
    }

    /// Up to the instruction at the address or, where none begins there, the first one behind it.
    private static List<Instruction> until(List<Instruction> code, long address) {
        int end = 0;
        while (end < code.size() && Long.compareUnsigned(code.get(end).address(), address) < 0) {
            end++;
        }
        return code.subList(0, Math.min(code.size(), end + 1));
    }

    private static Disassembler disassembler(Invocation invocation) throws IOException {
        return invocation.kernel().architecture().disassembler();
    }

    /// The next instructions, each read for itself: the memory behind them may not be there.
    private static List<Instruction> following(Invocation invocation, long address, int count) throws IOException {
        CodeMemory memory = new CodeMemory(
                invocation.has(USER)
                        ? UserMemory.current(invocation).space()
                        : invocation.kernel().space());
        Disassembler disassembler = disassembler(invocation);
        List<Instruction> code = new ArrayList<>();
        long at = address;
        for (int i = 0; i < Math.min(count, MOST); i++) {
            code.add(disassembler.at(memory.read(at, disassembler.longest()), 0, at));
            at = code.getLast().end();
        }
        return code;
    }

    private static List<CodeRow> rows(Invocation invocation, List<Instruction> code) throws IOException {
        SourceLines lines = SourceLines.of(invocation.kernel());
        boolean user = invocation.has(USER);
        List<CodeRow> rows = new ArrayList<>();
        String last = "";
        for (Instruction instruction : code) {
            Optional<Place> place =
                    user ? Optional.empty() : invocation.kernel().symbols().at(instruction.address());
            String line = invocation.has(LINES) && !user
                    ? lines.at(instruction.address()).orElse("")
                    : "";
            boolean begins = !line.isEmpty() && !line.equals(last);
            rows.add(new CodeRow(instruction, place, begins ? Optional.of(line) : Optional.empty()));
            last = line.isEmpty() ? last : line;
        }
        return rows;
    }

    private static Result source(Kernel kernel, long address) {
        if (!SourceLines.of(kernel).areKnown()) {
            throw new UsageException("source lines need the kernel's vmlinux with debug information");
        }
        SourceLine line = kernel.vmlinux()
                .flatMap(file -> file.lines().lineAt(address))
                .orElseThrow(() -> new UsageException("no source line leads to " + Long.toHexString(address)));
        return Result.one(line, SourceLayout.INSTANCE);
    }
}
