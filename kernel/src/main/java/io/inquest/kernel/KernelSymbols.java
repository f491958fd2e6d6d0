package io.inquest.kernel;

import io.inquest.dump.DumpException;
import io.inquest.dump.Warnings;
import io.inquest.kernel.module.ModuleKallsyms;
import io.inquest.kernel.module.RuntimeCode;
import io.inquest.kernel.symbol.ElfSymbols;
import io.inquest.kernel.symbol.ModuleTable;
import io.inquest.kernel.symbol.SymbolTable;
import io.inquest.kernel.symbol.Symbols;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The symbols of a dead kernel from the best source that there is: its kallsyms; where that is missing or damaged
/// the vmlinux; and without one what the kernel exports.
final class KernelSymbols {

    private final Kernel kernel;
    private final AddressSpace space;
    private final Supplier<List<ModuleTable>> modules;

    private KernelSymbols(Kernel kernel) throws IOException {
        this.kernel = kernel;
        this.space = kernel.space();
        this.modules = () -> ModuleKallsyms.tables(kernel);
    }

    /// `warnings` is told later what of the symbols of code made at run time is lost.
    ///
    /// Throws a [DumpException] that says why there are none.
    static Symbols open(Kernel kernel, Warnings warnings) throws IOException {
        return new KernelSymbols(kernel).best().withRuntimeCode(() -> RuntimeCode.tables(kernel, warnings));
    }

    private Symbols best() throws IOException {
        @Nullable Symbols own = null;
        @Nullable DumpException why = null;
        try {
            if (!kernel.ignoresKallsyms()) {
                own = Symbols.open(space, kernel.vmcoreInfo(), modules);
            }
        } catch (DumpException missing) {
            why = missing;
        }
        if (own != null && !own.isDamaged()) {
            return own;
        }
        Optional<Symbols> other = ofVmlinux();
        if (other.isEmpty() && own == null) {
            other = Symbols.exported(space, kernel.vmcoreInfo(), modules);
        }
        if (other.isPresent()) {
            return other.get();
        }
        if (own != null) {
            return own;
        }
        throw why != null ? why : new DumpException("the kernel's symbols are not known without kallsyms");
    }

    /// A vmlinux without symbols does not help, and does not harm.
    private Optional<Symbols> ofVmlinux() throws IOException {
        Optional<Vmlinux> vmlinux = kernel.vmlinux();
        if (vmlinux.isEmpty()) {
            return Optional.empty();
        }
        try {
            SymbolTable table = ElfSymbols.read(
                    vmlinux.get().object(), vmlinux.get().moved(), kernel.architecture()::isImageAddress);
            return Optional.of(Symbols.of(table, "symbols of " + vmlinux.get().name(), modules));
        } catch (DumpException stripped) {
            return Optional.empty();
        }
    }
}
