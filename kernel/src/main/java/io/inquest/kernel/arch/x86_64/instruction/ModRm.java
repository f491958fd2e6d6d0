package io.inquest.kernel.arch.x86_64.instruction;

/// The ModRM byte, and the SIB byte and displacement that it announces.
///
/// | mod   | rm = 4            | rm = 5                        | else               |
/// |-------|-------------------|-------------------------------|--------------------|
/// | 0     | SIB               | 4 bytes behind the next instruction | register     |
/// | 1, 2  | SIB + 1, 4 bytes  | register + 1, 4 bytes         | register + 1, 4 bytes |
/// | 3     | the register itself | the register itself         | the register itself |
///
/// In SIB, index 4 is none, and base 5 with mod 0 is none with 4 bytes.
///
/// @param mod 3 if a register is meant, else how the place in memory is told
/// @param middle register or part of the opcode
/// @param end the register that is meant, or of the place in memory
/// @param base number of the register, [#NONE] or [#NEXT_INSTRUCTION]
/// @param index number of the register, or [#NONE]
/// @param scaleShift log2 of what the index is multiplied with
/// @param writtenIndex whether an index is written though there is none: what the SIB byte says could be said
///     without
/// @param displacement signed
/// @param displacementBytes in the instruction
record ModRm(
        int mod,
        int middle,
        int end,
        int base,
        int index,
        int scaleShift,
        boolean writtenIndex,
        long displacement,
        int displacementBytes) {

    static final int NONE = -1;

    /// The base is the address of the next instruction.
    static final int NEXT_INSTRUCTION = -2;

    private static final int REGISTER = 3;
    private static final int SIB = 4;
    private static final int NO_BASE = 5;
    private static final int STACK_POINTER = 4;

    static ModRm read(CodeCursor code, Prefixes prefixes) {
        int byteValue = code.next();
        int mod = byteValue >>> 6;
        int middle = byteValue >>> 3 & 7;
        int end = byteValue & 7;
        if (mod == REGISTER) {
            return new ModRm(mod, middle, end, NONE, NONE, 0, false, 0, 0);
        }
        int base = end;
        int index = NONE;
        int shift = 0;
        boolean written = false;
        if (end == SIB) {
            int sib = code.next();
            shift = sib >>> 6;
            index = (sib >>> 3 & 7) | prefixes.indexBit();
            base = sib & 7;
            boolean based = mod != 0 || base != NO_BASE;
            if (index == STACK_POINTER) {
                index = NONE;
                written = shift != 0 || (based && base != STACK_POINTER);
            }
        }
        int bytes = mod == 1 ? 1 : (mod == 2 || base == NO_BASE) ? 4 : 0;
        if (mod == 0 && base == NO_BASE) {
            base = end == SIB ? NONE : NEXT_INSTRUCTION;
        } else {
            base |= prefixes.baseBit();
        }
        return new ModRm(mod, middle, end, base, index, shift, written, code.signed(bytes), bytes);
    }

    boolean isMemory() {
        return mod != REGISTER;
    }
}
