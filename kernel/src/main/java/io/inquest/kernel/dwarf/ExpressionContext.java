package io.inquest.kernel.dwarf;

import java.util.OptionalLong;

/// What an [Expression] may ask of the frame that it is evaluated for.
interface ExpressionContext {

    /// The value of a register by its number in DWARF, empty where it is not known.
    OptionalLong register(int number);

    /// The canonical frame address: the stack pointer before the call.
    OptionalLong frameAddress();

    /// What `frame_base` of the function gives.
    OptionalLong frameBase();

    /// A number of 1 to 8 bytes in memory, empty where the dump does not hold it.
    OptionalLong memory(long address, int bytes);

    /// An address of the file where the kernel ran.
    long moved(long address);
}
