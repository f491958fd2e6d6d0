package io.inquest.kernel.arch;

import java.util.OptionalLong;

/// What an instruction works on.
///
/// Registers are named in full, as [RegisterNames] has them, whatever part of them is meant: `rax` for `%al`.
public sealed interface Operand {

    /// As the assembler writes it.
    String text();

    /// What becomes of it.
    Access access();

    /// What an instruction does with an operand.
    enum Access {
        READ,
        WRITE,
        READ_WRITE,
        /// Nothing but its address counts.
        ADDRESS;

        public boolean reads() {
            return this == READ || this == READ_WRITE;
        }

        public boolean writes() {
            return this == WRITE || this == READ_WRITE;
        }
    }

    /// A register.
    ///
    /// @param name of the whole register
    /// @param bytes that are meant of it
    record Register(String text, Access access, String name, int bytes) implements Operand {}

    /// A place in memory: segment + base + index * scale + displacement.
    ///
    /// @param bytes that are read or written there; 0 if the instruction alone does not tell
    /// @param segment register added to the address, empty if none is
    /// @param base register, empty if there is none
    /// @param index register, empty if there is none
    /// @param isRelative whether it is written as a distance from the instruction; base is the instruction
    ///     pointer then
    /// @param fixed the address if it is the same whatever the registers hold, but for the segment
    record Memory(
            String text,
            Access access,
            int bytes,
            String segment,
            String base,
            String index,
            int scale,
            long displacement,
            boolean isRelative,
            OptionalLong fixed)
            implements Operand {}

    /// A number in the instruction.
    record Immediate(String text, long value) implements Operand {

        @Override
        public Access access() {
            return Access.READ;
        }
    }

    /// A place in code, where a jump or call leads.
    record CodeAddress(String text, long address) implements Operand {

        @Override
        public Access access() {
            return Access.ADDRESS;
        }
    }
}
