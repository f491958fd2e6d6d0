package io.inquest.kernel.arch.x86_64.instruction;

import io.inquest.kernel.arch.Operand;
import io.inquest.kernel.arch.Operand.Access;
import io.inquest.kernel.arch.Operand.Memory;
import io.inquest.kernel.arch.x86_64.instruction.Prefixes.Form;
import java.util.OptionalLong;

/// Makes and spells operands in memory: `%gs:0x28(%rdi,%rax,8)`.
final class MemoryText {

    private final Prefixes prefixes;
    private final ModRm modRm;
    private final long end;
    private final int addressBytes;

    /// @param end where the next instruction begins
    /// @param addressBytes of the registers in the address
    MemoryText(Prefixes prefixes, ModRm modRm, long end, int addressBytes) {
        this.prefixes = prefixes;
        this.modRm = modRm;
        this.end = end;
        this.addressBytes = addressBytes;
    }

    /// @param decoration written behind
    Memory operand(OperandForm form, int bytes, String decoration) {
        boolean element = prefixes.broadcast() && prefixes.form() == Form.EVEX;
        int elementBytes = prefixes.wide() ? Long.BYTES : Integer.BYTES;
        int accessed = element ? elementBytes : bytes;
        long displacement = modRm.displacement();
        if (prefixes.form() == Form.EVEX && modRm.displacementBytes() == 1) {
            displacement *= Math.max(1, accessed);
        }
        String segment = prefixes.segment();
        boolean relative = modRm.base() == ModRm.NEXT_INSTRUCTION;
        StringBuilder text = new StringBuilder(form.indirect() ? "*" : "");
        text.append(segment.isEmpty() ? "" : "%" + segment + ":");
        text.append(displacement(displacement));
        text.append(registers());
        if (element && bytes > 0) {
            text.append("{1to").append(bytes / elementBytes).append('}');
        }
        text.append(decoration);
        boolean fixed = relative || (modRm.base() == ModRm.NONE && modRm.index() == ModRm.NONE);
        return new Memory(
                text.toString(),
                form.access(),
                accessed,
                segment,
                relative ? "rip" : modRm.base() == ModRm.NONE ? "" : whole(modRm.base()),
                modRm.index() == ModRm.NONE ? "" : whole(modRm.index()),
                1 << modRm.scaleShift(),
                displacement,
                relative,
                fixed ? OptionalLong.of(relative ? end + displacement : displacement) : OptionalLong.empty());
    }

    private String displacement(long displacement) {
        if (modRm.base() == ModRm.NONE && modRm.index() == ModRm.NONE && !modRm.writtenIndex()) {
            return "0x" + Long.toHexString(displacement);
        }
        if (modRm.displacementBytes() == 0) {
            return "";
        }
        return (displacement < 0 ? "-0x" : "0x") + Long.toHexString(Math.abs(displacement));
    }

    private String registers() {
        if (modRm.base() == ModRm.NEXT_INSTRUCTION) {
            return addressBytes == Long.BYTES ? "(%rip)" : "(%eip)";
        }
        boolean indexed = modRm.index() != ModRm.NONE || modRm.writtenIndex();
        if (modRm.base() == ModRm.NONE && !indexed) {
            return "";
        }
        StringBuilder text = new StringBuilder("(");
        if (modRm.base() != ModRm.NONE) {
            text.append('%').append(RegisterBank.general(modRm.base(), addressBytes, true));
        }
        if (indexed) {
            String none = addressBytes == Long.BYTES ? "riz" : "eiz";
            text.append(",%");
            text.append(modRm.writtenIndex() ? none : RegisterBank.general(modRm.index(), addressBytes, true));
            text.append(',').append(1 << modRm.scaleShift());
        }
        return text.append(')').toString();
    }

    private static String whole(int register) {
        return RegisterBank.general(register, Long.BYTES, true);
    }

    /// Memory at an address that is in the instruction.
    static Operand absolute(Access access, int bytes, String segment, long address) {
        String text = (segment.isEmpty() ? "" : "%" + segment + ":") + "0x" + Long.toHexString(address);
        return new Memory(text, access, bytes, segment, "", "", 1, address, false, OptionalLong.of(address));
    }

    /// Memory of an instruction on strings, by a register that it always uses.
    static Operand string(Access access, int bytes, String segment, String part, String register) {
        String text = "%" + segment + ":(%" + part + register + ")";
        return new Memory(text, access, bytes, segment, "r" + register, "", 1, 0, false, OptionalLong.empty());
    }
}
