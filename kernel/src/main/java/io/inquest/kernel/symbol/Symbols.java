package io.inquest.kernel.symbol;

import io.inquest.kernel.AddressSpace;
import io.inquest.kernel.VmcoreInfo;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// All symbols of the dead kernel: its own, then those of its modules.
///
/// A name that several tables have is the kernel's own first, then that of the modules in the order in which they
/// were loaded last.
public final class Symbols {

    private final SymbolTable core;
    private final String source;

    private Symbols(SymbolTable core, String source) {
        this.core = core;
        this.source = source;
    }

    /// The symbols of a kernel, out of its memory.
    ///
    /// Throws a [io.inquest.dump.DumpException] that says why there are none.
    public static Symbols open(AddressSpace space, VmcoreInfo info) throws IOException {
        Kallsyms kallsyms = Kallsyms.open(space, info);
        return new Symbols(kallsyms.symbols(), kallsyms.source());
    }

    /// Those of the kernel itself, without modules.
    public SymbolTable core() {
        return core;
    }

    /// Where they came from, in words such as `kallsyms (vmcoreinfo, place-relative)`.
    public String source() {
        return source;
    }

    /// The first symbol of that name.
    public Optional<Symbol> find(String name) {
        return core.find(name);
    }

    /// The address of the first symbol of that name.
    public OptionalLong address(String name) {
        return core.address(name);
    }

    /// All symbols of that name.
    public List<Symbol> all(String name) {
        return core.all(name);
    }

    /// What an address belongs to.
    public Optional<Place> at(long address) {
        return core.at(address);
    }
}
