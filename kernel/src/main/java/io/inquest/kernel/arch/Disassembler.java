package io.inquest.kernel.arch;

/// Makes instructions of machine code.
public interface Disassembler {

    /// Bytes of the machine's longest instruction.
    int longest();

    /// The instruction that begins at `offset` of `code`, which the machine has at `address`.
    ///
    /// What is no instruction, or is cut by the end of `code`, is a [Instruction#unknown] one of one byte;
    /// nothing is thrown.
    Instruction at(byte[] code, int offset, long address);
}
