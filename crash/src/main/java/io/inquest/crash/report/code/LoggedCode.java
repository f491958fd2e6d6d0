package io.inquest.crash.report.code;

import io.inquest.crash.code.FunctionCode;
import io.inquest.crash.report.CallFrame;
import io.inquest.crash.report.CodeLine;
import io.inquest.crash.report.DeadCode;
import io.inquest.crash.report.Fact;
import io.inquest.crash.report.log.LogLine;
import io.inquest.crash.report.log.LoggedEvent;
import io.inquest.crash.report.log.LoggedRegister;
import io.inquest.kernel.arch.Architecture;
import io.inquest.kernel.arch.Architectures;
import io.inquest.kernel.arch.Instruction;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongFunction;

/// The code that an oops of x86-64 prints: 42 bytes before the instruction and 21 behind it, and the byte that it
/// begins with in `<` and `>` (kernel: `show_opcodes`, `arch/x86/kernel/dumpstack.c`).
///
/// Where instructions before it begin is not told. The first place is taken from which a chain of instructions
/// leads to it.
public final class LoggedCode {

    private static final String LABEL = "Code:";
    private static final int LONGEST = 15;
    private static final int HEX = 16;
    private static final long FIRST_PAGE = 4096;

    private final byte[] bytes;
    private final int trap;

    private LoggedCode(byte[] bytes, int trap) {
        this.bytes = bytes;
        this.trap = trap;
    }

    /// What the event's lines show of the code; nothing if they do not.
    public static DeadCode of(LoggedEvent event) {
        Optional<Architecture> machine = Architectures.find("x86_64");
        Optional<LoggedCode> code = line(event.lines()).flatMap(LoggedCode::parse);
        return machine.isEmpty() || code.isEmpty() ? DeadCode.NONE : code.get().describe(event, machine.get());
    }

    /// The kernel's, not that of the program that called it.
    private static Optional<String> line(List<LogLine> lines) {
        boolean kernel = false;
        for (LogLine line : lines) {
            String text = line.text().strip();
            if (text.startsWith("RIP:")) {
                kernel = !text.startsWith("RIP: 0033:") && !text.startsWith("RIP: 0023:");
            } else if (kernel && text.startsWith(LABEL)) {
                return Optional.of(text.substring(LABEL.length()).strip());
            }
        }
        return Optional.empty();
    }

    private static Optional<LoggedCode> parse(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int trap = -1;
        for (String word : text.split(" ", -1)) {
            boolean marked = word.length() == 4 && word.startsWith("<") && word.endsWith(">");
            String digits = marked ? word.substring(1, 3) : word;
            if (digits.length() != 2 || !digits.chars().allMatch(c -> Character.digit(c, HEX) >= 0)) {
                return Optional.empty();
            }
            trap = marked ? bytes.size() : trap;
            bytes.write(Integer.parseInt(digits, HEX));
        }
        return trap < 0 ? Optional.empty() : Optional.of(new LoggedCode(bytes.toByteArray(), trap));
    }

    private DeadCode describe(LoggedEvent event, Architecture machine) {
        // Addresses are distances from the instruction: an oops does not tell where that is, with KASLR.
        int start = start(machine);
        List<Instruction> code = FunctionCode.decode(
                machine.disassembler(), Arrays.copyOfRange(bytes, start, bytes.length), start - trap);
        int number = 0;
        while (code.get(number).address() < 0) {
            number++;
        }
        LongFunction<String> places = places(event.trap());
        List<CodeLine> lines = CodeListing.around(code, number, this::bytesOf, places, places);
        List<Fact> facts = new ArrayList<>();
        Instruction trapping = code.get(number);
        facts.add(new Fact("instruction", trapping.text(places)));
        Divisor.of(trapping, name -> register(event.registers(), name)).ifPresent(facts::add);
        BadAccess.of(trapping, name -> register(event.registers(), name), address -> isBad(event, address))
                .ifPresent(access -> facts.addAll(access.facts()));
        return new DeadCode(lines, facts);
    }

    private int start(Architecture machine) {
        for (int from = Math.max(0, trap - 3 * LONGEST); from < trap; from++) {
            int at = from;
            boolean known = true;
            while (at < trap && known) {
                Instruction instruction = machine.disassembler().at(bytes, at, at);
                known = instruction.isKnown();
                at += instruction.length();
            }
            if (known && at == trap) {
                return from;
            }
        }
        return trap;
    }

    private byte[] bytesOf(Instruction instruction) {
        int from = (int) instruction.address() + trap;
        return Arrays.copyOfRange(bytes, from, from + instruction.length());
    }

    private static LongFunction<String> places(Optional<CallFrame> trapped) {
        return distance -> {
            String function = trapped.map(CallFrame::function).orElse("");
            long offset = trapped.map(CallFrame::offset).orElse(0L) + distance;
            return function.isEmpty()
                    ? (distance < 0 ? "-0x" : "+0x") + Long.toHexString(Math.abs(distance))
                    : function + (offset < 0 ? "-0x" : "+0x") + Long.toHexString(Math.abs(offset));
        };
    }

    /// Registers by their full names; an oops writes `RAX` and `R08`.
    private static OptionalLong register(List<LoggedRegister> registers, String name) {
        return registers.stream()
                .filter(register -> register.name()
                        .toLowerCase(Locale.ROOT)
                        .replace("r0", "r")
                        .equals(name))
                .mapToLong(LoggedRegister::value)
                .findFirst();
    }

    private static boolean isBad(LoggedEvent event, long address) {
        boolean canonical = address >> 56 == 0 || address >> 56 == -1;
        String told = event.held("address");
        String digits = told.startsWith("0x") ? told.substring(2) : told;
        return !canonical
                || Long.compareUnsigned(address, FIRST_PAGE) < 0
                || (!digits.isEmpty() && isHex(digits) && Long.parseUnsignedLong(digits, HEX) == address);
    }

    private static boolean isHex(String digits) {
        return digits.length() <= HEX && digits.chars().allMatch(c -> Character.digit(c, HEX) >= 0);
    }
}
