package io.inquest.kernel.arch.x86_64.instruction;

import io.inquest.kernel.arch.x86_64.instruction.Prefixes.Form;
import java.util.List;
import java.util.Set;

/// A line of the table of opcodes.
///
/// @param mnemonic with the marks that the table explains
/// @param operands in the manual's order
/// @param changes registers that it changes besides
/// @param conditions when the line holds
record Opcode(String mnemonic, List<OperandForm> operands, List<String> changes, Conditions conditions) {

    /// What must be true besides the opcode's bytes; -1 where anything will do.
    ///
    /// @param forms of encoding
    /// @param mandatory the prefix, 0 for none
    /// @param operandBytes by prefixes
    /// @param wide the W bit
    /// @param vectorLength as [Prefixes#vectorLength]
    /// @param memory 1 if ModRM must select memory, 0 if a register
    /// @param middle of ModRM
    /// @param modRm the whole byte
    /// @param width whether operands are of 64 bits whatever prefixes say
    record Conditions(
            Set<Form> forms,
            int mandatory,
            int operandBytes,
            int wide,
            int vectorLength,
            int memory,
            int middle,
            int modRm,
            Width width) {

        boolean hold(Prefixes prefixes, int modRmByte) {
            return forms.contains(prefixes.form())
                    && fits(mandatory, prefixes.mandatory())
                    && (modRm < 0 || modRm == modRmByte)
                    && fits(middle, modRmByte >>> 3 & 7)
                    && fits(memory, modRmByte < 0xc0 ? 1 : 0)
                    && fits(vectorLength, prefixes.vectorLength())
                    && (wide < 0 || wide == (prefixes.wide() ? 1 : 0))
                    && (operandBytes < 0 || operandBytes == Width.BY_PREFIX.operandBytes(prefixes));
        }

        private static boolean fits(int asked, int found) {
            return asked < 0 || asked == found;
        }
    }

    boolean usesModRm() {
        return conditions.memory >= 0
                || conditions.middle >= 0
                || conditions.modRm >= 0
                || operands.stream().anyMatch(OperandForm::usesModRm);
    }
}
