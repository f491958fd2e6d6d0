package io.inquest.crash.report.code;

import io.inquest.crash.report.Fact;
import io.inquest.crash.report.death.KnownValue;
import io.inquest.kernel.arch.Instruction;
import io.inquest.kernel.arch.Operand;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongPredicate;

/// The access to memory that failed.
///
/// @param memory the operand
/// @param address where it is
/// @param register the one whose value is to blame, by its full name
/// @param value of that register
public record BadAccess(Operand.Memory memory, long address, String register, long value) {

    private static final long NEAR = 1L << 32;

    /// Segments that add nothing to addresses.
    private static final Set<String> PLAIN = Set.of("", "ds", "es");

    /// The first operand in memory whose address is bad; registers that are not known are asked for in vain.
    ///
    /// @param registers values by full names
    /// @param isBad whether an address cannot be accessed
    public static Optional<BadAccess> of(
            Instruction instruction, Function<String, OptionalLong> registers, LongPredicate isBad) {
        for (Operand operand : instruction.operands()) {
            if (operand instanceof Operand.Memory memory && memory.access() != Operand.Access.ADDRESS) {
                Optional<BadAccess> access = of(memory, registers).filter(found -> isBad.test(found.address));
                if (access.isPresent()) {
                    return access;
                }
            }
        }
        return Optional.empty();
    }

    /// Per-CPU memory is left out: what is added to its addresses is in no register that is saved everywhere.
    private static Optional<BadAccess> of(Operand.Memory memory, Function<String, OptionalLong> registers) {
        if (!PLAIN.contains(memory.segment()) || memory.isRelative()) {
            return Optional.empty();
        }
        OptionalLong base = memory.base().isEmpty() ? OptionalLong.of(0) : registers.apply(memory.base());
        OptionalLong index = memory.index().isEmpty() ? OptionalLong.of(0) : registers.apply(memory.index());
        if (base.isEmpty()
                || index.isEmpty()
                || (memory.base().isEmpty() && memory.index().isEmpty())) {
            return Optional.empty();
        }
        long address = base.getAsLong() + index.getAsLong() * memory.scale() + memory.displacement();
        boolean blameIndex = memory.base().isEmpty()
                || (!memory.index().isEmpty() && base.getAsLong() < 0 && Math.abs(index.getAsLong()) > NEAR);
        return Optional.of(new BadAccess(
                memory,
                address,
                blameIndex ? memory.index() : memory.base(),
                blameIndex ? index.getAsLong() : base.getAsLong()));
    }

    /// Bytes from the register's value to the access.
    public long distance() {
        return address - value;
    }

    /// What was accessed, and the register to blame.
    public List<Fact> facts() {
        List<Fact> facts = new ArrayList<>();
        String size = memory.bytes() == 0 ? "" : memory.bytes() + (memory.bytes() == 1 ? " byte" : " bytes") + " ";
        facts.add(new Fact(verb(), size + "at 0x" + Long.toHexString(address)));
        String known = KnownValue.describe(value).map(what -> ": " + what).orElse("");
        facts.add(new Fact("register", "%" + register + " = 0x" + Long.toHexString(value) + known));
        return facts;
    }

    private String verb() {
        return switch (memory.access()) {
            case WRITE -> "it writes";
            case READ_WRITE -> "it reads and writes";
            default -> "it reads";
        };
    }
}
