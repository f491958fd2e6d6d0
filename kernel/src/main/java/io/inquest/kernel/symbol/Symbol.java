package io.inquest.kernel.symbol;

import io.inquest.kernel.Hex;

/// A name for an address of the dead kernel.
///
/// @param name as the kernel has it; text from the dump, to be made safe before a terminal sees it
/// @param address where it was at run time: the KASLR offset is in it
/// @param bytes its size: up to the next different address, 0 when that is not known or no size
/// @param type the letter of nm(1): `T` text, `D` data, `R` read-only, `B` zeroed, `A` absolute, `V`/`W` weak;
///     lower case when it is local to its file (in modules: when it is not exported)
/// @param module the module that has it, "" for the kernel itself
public record Symbol(String name, long address, long bytes, char type, String module) {

    /// Whether it names code: of type `T` or `W`.
    public boolean isText() {
        return type == 'T' || type == 't' || type == 'W' || type == 'w';
    }

    /// Whether its value is no address of memory, such as the offset of a per-CPU variable before 6.15.
    public boolean isAbsolute() {
        return type == 'A' || type == 'a';
    }

    /// `name at 0x…`, with the module if there is one.
    @Override
    public String toString() {
        return name + " at " + Hex.of(address) + (module.isEmpty() ? "" : " [" + module + "]");
    }
}
