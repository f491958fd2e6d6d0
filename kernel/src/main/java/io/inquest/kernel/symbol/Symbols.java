package io.inquest.kernel.symbol;

import io.inquest.kernel.AddressSpace;
import io.inquest.kernel.VmcoreInfo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// All symbols of the dead kernel: its own, then those of its modules.
///
/// A name that several tables have is first the kernel's own, then that of the modules in the order of
/// `/proc/modules`. The modules are read when the kernel itself has no answer. Safe for many threads.
public final class Symbols {

    private final SymbolTable core;
    private final String source;
    private final boolean damaged;
    private final Supplier<List<ModuleTable>> modules;
    private final ThreadLocal<Boolean> reading = ThreadLocal.withInitial(() -> false);
    private volatile @Nullable Loaded loaded;

    private record Loaded(List<ModuleTable> modules, ModulePieces pieces) {}

    private Symbols(SymbolTable core, String source, boolean damaged, Supplier<List<ModuleTable>> modules) {
        this.core = core;
        this.source = source;
        this.damaged = damaged;
        this.modules = modules;
    }

    /// The symbols of a kernel, out of its memory; `modules` reads those of its modules, and may ask this for
    /// symbols of the kernel meanwhile.
    ///
    /// Throws a [io.inquest.dump.DumpException] that says why there are none.
    public static Symbols open(AddressSpace space, VmcoreInfo info, Supplier<List<ModuleTable>> modules)
            throws IOException {
        Kallsyms kallsyms = Kallsyms.open(space, info);
        return new Symbols(kallsyms.symbols(), kallsyms.source(), kallsyms.isDamaged(), modules);
    }

    /// The symbols of a kernel by a table from elsewhere; `source` says from where, in words.
    public static Symbols of(SymbolTable core, String source, Supplier<List<ModuleTable>> modules) {
        return new Symbols(core, source, false, modules);
    }

    /// What the kernel exports to modules, found in its image, and what vmcoreinfo tells: the last resort, in which
    /// most symbols are missing. Empty when there is no such table.
    public static Optional<Symbols> exported(AddressSpace space, VmcoreInfo info, Supplier<List<ModuleTable>> modules)
            throws IOException {
        return ExportTables.find(space, info)
                .map(table -> new Symbols(table, "exported symbols only, " + table.size(), true, modules));
    }

    /// Those of the kernel itself, without modules.
    public SymbolTable core() {
        return core;
    }

    /// Those of each module, in the order of `/proc/modules`; empty ones where a module's cannot be read.
    public List<SymbolTable> modules() {
        return loaded().modules().stream().map(ModuleTable::symbols).toList();
    }

    /// Whether some of the kernel's own are lost, so that another source of them is worth asking.
    public boolean isDamaged() {
        return damaged;
    }

    /// Where they came from, in words such as `kallsyms (vmcoreinfo, place-relative)`.
    public String source() {
        return source;
    }

    /// Several threads may read the modules at once, with the same result. Whoever asks while its own thread reads
    /// them gets none.
    private Loaded loaded() {
        Loaded found = loaded;
        if (found == null) {
            if (reading.get()) {
                return new Loaded(List.of(), new ModulePieces(List.of()));
            }
            reading.set(true);
            try {
                List<ModuleTable> tables = List.copyOf(modules.get());
                found = new Loaded(tables, new ModulePieces(tables));
                loaded = found;
            } finally {
                reading.remove();
            }
        }
        return found;
    }

    /// The first symbol of that name.
    public Optional<Symbol> find(String name) {
        Optional<Symbol> found = core.find(name);
        if (found.isPresent()) {
            return found;
        }
        for (ModuleTable module : loaded().modules()) {
            Optional<Symbol> of = module.symbols().find(name);
            if (of.isPresent()) {
                return of;
            }
        }
        return Optional.empty();
    }

    /// The address of the first symbol of that name.
    public OptionalLong address(String name) {
        OptionalLong found = core.address(name);
        if (found.isPresent()) {
            return found;
        }
        Optional<Symbol> symbol = find(name);
        return symbol.isPresent() ? OptionalLong.of(symbol.get().address()) : OptionalLong.empty();
    }

    /// All symbols of that name.
    public List<Symbol> all(String name) {
        List<Symbol> found = new ArrayList<>(core.all(name));
        for (ModuleTable module : loaded().modules()) {
            found.addAll(module.symbols().all(name));
        }
        return found;
    }

    /// What an address belongs to, by the kernel's own rule; see [SymbolTable#at].
    public Optional<Place> at(long address) {
        Optional<Place> found = core.at(address);
        if (found.isPresent()) {
            return found;
        }
        return loaded().pieces().at(address).flatMap(module -> module.at(address));
    }

    /// The symbol after one in the order of addresses, of the kernel or of the same module.
    public Optional<Symbol> next(Symbol symbol) {
        return tables().filter(table -> table.module().equals(symbol.module()))
                .map(table -> table.next(symbol))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /// The symbol before one in the order of addresses, of the kernel or of the same module.
    public Optional<Symbol> previous(Symbol symbol) {
        return tables().filter(table -> table.module().equals(symbol.module()))
                .map(table -> table.previous(symbol))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /// All symbols, those of the kernel in the order of addresses, then those of each module.
    public Stream<Symbol> stream() {
        return tables().flatMap(SymbolTable::stream);
    }

    /// The symbols whose names hold `text`.
    public Stream<Symbol> containing(String text) {
        return tables().flatMap(table -> table.containing(text));
    }

    /// The names that begin with `prefix`, each once, sorted: what a prompt offers.
    public SortedSet<String> startingWith(String prefix) {
        SortedSet<String> names = new TreeSet<>();
        tables().forEach(table -> names.addAll(table.startingWith(prefix)));
        return names;
    }

    /// All symbols in the order of `/proc/kallsyms`.
    public Stream<Symbol> inTableOrder() {
        return tables().flatMap(SymbolTable::inTableOrder);
    }

    private Stream<SymbolTable> tables() {
        return Stream.concat(Stream.of(core), modules().stream());
    }
}
