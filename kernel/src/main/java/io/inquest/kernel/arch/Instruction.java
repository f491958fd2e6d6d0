package io.inquest.kernel.arch;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongFunction;

/// One instruction, as data and as the machine's usual assembler spells it.
///
/// @param address where it is
/// @param length bytes of it
/// @param mnemonic with what is written before it, such as `lock cmpxchg`
/// @param operands in the order in which they are written
/// @param flow where the processor goes from it
/// @param changes registers that it changes besides those operands that say so, by their full names
public record Instruction(
        long address, int length, String mnemonic, List<Operand> operands, Flow flow, List<String> changes) {

    private static final String UNKNOWN = "(bad)";
    private static final int MNEMONIC_COLUMNS = 6;

    /// Where the processor goes.
    public enum Flow {
        /// To the next instruction.
        NEXT,
        /// To a function, and then to the next instruction.
        CALL,
        /// To another instruction.
        JUMP,
        /// To another instruction or the next one.
        BRANCH,
        /// Back to a caller.
        RETURN
    }

    public Instruction {
        operands = List.copyOf(operands);
        changes = List.copyOf(changes);
    }

    /// Bytes that are no instruction that is known here.
    public static Instruction unknown(long address, int length) {
        return new Instruction(address, length, UNKNOWN, List.of(), Flow.NEXT, List.of());
    }

    public boolean isKnown() {
        return !mnemonic.equals(UNKNOWN);
    }

    /// Where the next one begins.
    public long end() {
        return address + length;
    }

    /// Where a jump or call leads that says so itself.
    public OptionalLong target() {
        for (Operand operand : operands) {
            if (operand instanceof Operand.CodeAddress code) {
                return OptionalLong.of(code.address());
            }
        }
        return OptionalLong.empty();
    }

    /// The first place in memory that it names. That an instruction uses a stack without saying so is not told.
    public Optional<Operand.Memory> memory() {
        for (Operand operand : operands) {
            if (operand instanceof Operand.Memory memory) {
                return Optional.of(memory);
            }
        }
        return Optional.empty();
    }

    /// As the assembler writes it: `call ffffffff81000010 <sev_es_terminate>`; what an address in it is called
    /// comes from `names`, for targets and, behind a `#`, for memory whose address the instruction
    /// tells by the distance from itself.
    public String text(LongFunction<String> names) {
        StringBuilder text = new StringBuilder(mnemonic);
        String separator = " ".repeat(Math.max(1, MNEMONIC_COLUMNS + 1 - mnemonic.length()));
        for (Operand operand : operands) {
            text.append(separator);
            text.append(operand instanceof Operand.CodeAddress code ? names.apply(code.address()) : operand.text());
            separator = ",";
        }
        memory().filter(Operand.Memory::isRelative)
                .ifPresent(place -> text.append("        # ")
                        .append(names.apply(place.fixed().getAsLong())));
        return text.toString();
    }
}
