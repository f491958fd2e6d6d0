package io.inquest.crash.report.code;

import io.inquest.crash.report.Fact;
import io.inquest.kernel.arch.Instruction;
import io.inquest.kernel.arch.Operand;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/// The register by which an instruction divides.
public final class Divisor {

    private Divisor() {}

    /// The register and what it holds; nothing if the instruction does not divide, or divides by something in
    /// memory.
    ///
    /// @param registers values by full names
    public static Optional<Fact> of(Instruction instruction, Function<String, OptionalLong> registers) {
        boolean divides = instruction.mnemonic().startsWith("div")
                || instruction.mnemonic().startsWith("idiv");
        if (!divides || !(instruction.operands().getLast() instanceof Operand.Register divisor)) {
            return Optional.empty();
        }
        OptionalLong value = registers.apply(divisor.name());
        return value.isEmpty()
                ? Optional.empty()
                : Optional.of(new Fact(
                        "divisor", divisor.text() + " = 0x" + Long.toHexString(part(value.getAsLong(), divisor))));
    }

    private static long part(long value, Operand.Register register) {
        int above = Long.SIZE - register.bytes() * Byte.SIZE;
        boolean isSecondByte = register.text().endsWith("h");
        return (isSecondByte ? value >>> Byte.SIZE : value) << above >>> above;
    }
}
