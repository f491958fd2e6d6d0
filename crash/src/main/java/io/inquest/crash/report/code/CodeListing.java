package io.inquest.crash.report.code;

import io.inquest.crash.report.CodeLine;
import io.inquest.kernel.arch.Instruction;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongFunction;

/// Makes the lines around an instruction.
public final class CodeListing {

    private static final int BEFORE = 8;
    private static final int AFTER = 5;

    private CodeListing() {}

    /// The lines of some instructions before and behind one.
    ///
    /// @param trap number of the instruction at which it died
    /// @param bytes of an instruction
    /// @param places what the place of an instruction is called
    /// @param names what addresses within instructions are called
    public static List<CodeLine> around(
            List<Instruction> code,
            int trap,
            Function<Instruction, byte[]> bytes,
            LongFunction<String> places,
            LongFunction<String> names) {
        List<CodeLine> lines = new ArrayList<>();
        for (int i = Math.max(0, trap - BEFORE); i < Math.min(code.size(), trap + AFTER + 1); i++) {
            Instruction instruction = code.get(i);
            lines.add(new CodeLine(
                    places.apply(instruction.address()),
                    HexFormat.ofDelimiter(" ").formatHex(bytes.apply(instruction)),
                    instruction.text(names),
                    i == trap));
        }
        return lines;
    }
}
