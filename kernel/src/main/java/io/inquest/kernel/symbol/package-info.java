/// Names of the kernel's addresses: kallsyms out of the dump, the modules' own, a vmlinux file's.
/// [io.inquest.kernel.symbol.Symbols] asks all of them, a [io.inquest.kernel.symbol.SymbolTable] is one of them.
@NullMarked
package io.inquest.kernel.symbol;

import org.jspecify.annotations.NullMarked;
