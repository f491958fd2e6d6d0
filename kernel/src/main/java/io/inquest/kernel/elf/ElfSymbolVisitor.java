package io.inquest.kernel.elf;

/// Is told the symbols of an ELF object one after the other.
public interface ElfSymbolVisitor {

    /// One entry of `.symtab`.
    ///
    /// @param name may be empty, for sections for example
    /// @param value an address; in a relocatable object the offset in its section
    /// @param bytes 0 where unknown
    /// @param type the low four bits of `st_info`: 0 none, 1 object, 2 function, 3 section, 4 file
    /// @param binding the high four bits of `st_info`: 0 local, 1 global, 2 weak
    /// @param section number of its section; 0 undefined, 0xfff1 absolute
    void symbol(String name, long value, long bytes, int type, int binding, int section);
}
