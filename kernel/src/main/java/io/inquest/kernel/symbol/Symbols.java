package io.inquest.kernel.symbol;

import io.inquest.kernel.AddressSpace;
import io.inquest.kernel.VmcoreInfo;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// All symbols of the dead kernel: its own, then those of its modules.
///
/// A name that several tables have is first the kernel's own, then that of the modules in the order of
/// `/proc/modules`, then that of code made at run time. Each is read when those before have no answer. Safe for
/// many threads.
public final class Symbols {

    private final SymbolTable core;
    private final String source;
    private final boolean damaged;
    private final LazyTables modules;
    private final LazyTables runtime;

    private Symbols(SymbolTable core, String source, boolean damaged, Supplier<List<ModuleTable>> modules) {
        this(core, source, damaged, new LazyTables(modules), new LazyTables(List::of));
    }

    private Symbols(SymbolTable core, String source, boolean damaged, LazyTables modules, LazyTables runtime) {
        this.core = core;
        this.source = source;
        this.damaged = damaged;
        this.modules = modules;
        this.runtime = runtime;
    }

    /// The same, and behind the modules code that the kernel made at run time; `reader` reads that.
    public Symbols withRuntimeCode(Supplier<List<ModuleTable>> reader) {
        return new Symbols(core, source, damaged, modules, new LazyTables(reader));
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
        return modules.all();
    }

    /// Whether some of the kernel's own are lost, so that another source of them is worth asking.
    public boolean isDamaged() {
        return damaged;
    }

    /// Where they came from, in words such as `kallsyms (vmcoreinfo, place-relative)`.
    public String source() {
        return source;
    }

    /// The first symbol of that name.
    public Optional<Symbol> find(String name) {
        return core.find(name).or(() -> modules.find(name)).or(() -> runtime.find(name));
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
        return tables().flatMap(table -> table.all(name).stream()).toList();
    }

    /// What an address belongs to, by the kernel's own rule; see [SymbolTable#at].
    public Optional<Place> at(long address) {
        Optional<Place> found = core.at(address);
        return found.isPresent()
                ? found
                : modules.at(address).or(() -> runtime.at(address)).flatMap(table -> table.at(address));
    }

    /// Whether the kernel made code at that address at run time, such as of a BPF program.
    public boolean isRuntimeCode(long address) {
        return runtime.at(address).isPresent();
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

    /// All symbols, those of the kernel in the order of addresses, then those of each module, then of other code.
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
        return Stream.of(List.of(core), modules.all(), runtime.all()).flatMap(List::stream);
    }
}
