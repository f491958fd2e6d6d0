package io.inquest.kernel.arch.x86_64.instruction;

import io.inquest.kernel.arch.Disassembler;
import io.inquest.kernel.arch.Instruction;
import org.jspecify.annotations.Nullable;

/// Decodes 64-bit code.
public final class X86Disassembler implements Disassembler {

    @Override
    public int longest() {
        return CodeCursor.LONGEST;
    }

    @Override
    public Instruction at(byte[] code, int offset, long address) {
        CodeCursor cursor = new CodeCursor(code, offset);
        Prefixes prefixes = Prefixes.read(cursor);
        int number = cursor.next();
        @Nullable Opcode opcode = OpcodeTable.get().find(prefixes, number, cursor.peek(0));
        if (opcode == null || prefixes.invalid() || cursor.isCut()) {
            return Instruction.unknown(address, 1);
        }
        @Nullable Instruction instruction = new InstructionReader(cursor, prefixes, opcode, number, address).read();
        return instruction == null || cursor.isCut() ? Instruction.unknown(address, 1) : instruction;
    }
}
