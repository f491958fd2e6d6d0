package io.inquest.kernel.dwarf;

/// Where the value of a variable is, or what it is, as an [Expression] says.
sealed interface Location {

    /// In memory.
    record InMemory(long address) implements Location {}

    /// In a register, by its number in DWARF.
    record InRegister(int register) implements Location {}

    /// Nowhere; this is the value itself.
    record Value(long value) implements Location {}

    /// Not known; `reason` is half a sentence such as `register 3 is not known here`.
    record Unknown(String reason) implements Location {}
}
