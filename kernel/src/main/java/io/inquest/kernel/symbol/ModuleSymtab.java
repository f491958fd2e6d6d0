package io.inquest.kernel.symbol;

/// Where a module keeps its symbols (kernel: `struct mod_kallsyms`, since 4.5; before, the same members were in
/// `struct module` itself).
///
/// @param symbols `symtab`: entries of an ELF symbol table, the first of them null
/// @param count `num_symtab`
/// @param strings `strtab`
/// @param types `typetab`: a letter of nm(1) for each symbol, since 5.2 (1c7651f43777); 0 where there is none
public record ModuleSymtab(long symbols, int count, long strings, long types) {}
