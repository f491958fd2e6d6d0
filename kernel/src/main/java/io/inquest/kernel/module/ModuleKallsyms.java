package io.inquest.kernel.module;

import io.inquest.dump.DumpException;
import io.inquest.dump.MemoryFault;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.object.KernelObject;
import io.inquest.kernel.symbol.ModuleSymbols;
import io.inquest.kernel.symbol.ModuleSymtab;
import io.inquest.kernel.symbol.ModuleTable;
import io.inquest.kernel.symbol.SymbolTable;
import io.inquest.kernel.type.MissingMember;
import io.inquest.kernel.type.MissingType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/// The symbols of the loaded modules, as each `struct module` leads to them.
///
/// | Since | Members                                                          | Changed by   |
/// |-------|------------------------------------------------------------------|--------------|
/// | 5.2   | `typetab` in `struct mod_kallsyms`                               | 1c7651f43777 |
/// | 4.5   | `kallsyms`, a pointer to `struct mod_kallsyms`                   | 8244062ef1e5 |
/// | 2.6   | `symtab`, `num_symtab`, `strtab` in `struct module`              |              |
public final class ModuleKallsyms {

    private ModuleKallsyms() {}

    /// A table for each module, which reads the module's symbols when it is asked; empty when they cannot be had.
    ///
    /// None for a kernel whose types are not known: then its modules are not, either.
    public static List<ModuleTable> tables(Kernel kernel) {
        try {
            return kernel.modules().all().stream().map(ModuleKallsyms::table).toList();
        } catch (DumpException | MissingType | MissingMember | MemoryFault unknown) {
            return List.of();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static ModuleTable table(Module module) {
        List<ModuleTable.Piece> pieces = module.parts().stream()
                .map(part -> new ModuleTable.Piece(part.base(), part.bytes()))
                .toList();
        return new ModuleTable(pieces, () -> read(module));
    }

    private static SymbolTable read(Module module) {
        String name = "";
        try {
            name = module.name();
            long[] ends = module.parts().stream()
                    .mapToLong(part -> part.base() + part.bytes())
                    .toArray();
            ModuleExports exports = ModuleExports.of(module.struct());
            return new ModuleSymbols(module.struct().space(), symtab(module.struct())).read(name, exports::has, ends);
        } catch (MemoryFault | MissingMember | DumpException lost) {
            return SymbolTable.empty(name);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static ModuleSymtab symtab(KernelObject module) {
        Optional<KernelObject> pointer = module.find("kallsyms");
        KernelObject kallsyms = pointer.isPresent() ? pointer.get().dereference() : module;
        return new ModuleSymtab(
                kallsyms.member("symtab").unsigned(),
                kallsyms.member("num_symtab").intValue(),
                kallsyms.member("strtab").unsigned(),
                kallsyms.find("typetab").map(KernelObject::unsigned).orElse(0L));
    }
}
