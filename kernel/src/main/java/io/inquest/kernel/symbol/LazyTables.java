package io.inquest.kernel.symbol;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Tables of symbols whose list is read when somebody first asks for one of them.
///
/// Several threads may read the list at once, with the same result. Whoever asks while its own thread reads it gets
/// none. Safe for many threads.
final class LazyTables {

    private final Supplier<List<ModuleTable>> reader;
    private final ThreadLocal<Boolean> reading = ThreadLocal.withInitial(() -> false);
    private volatile @Nullable Loaded loaded;

    private record Loaded(List<ModuleTable> tables, ModulePieces pieces) {

        static final Loaded NONE = new Loaded(List.of(), new ModulePieces(List.of()));
    }

    LazyTables(Supplier<List<ModuleTable>> reader) {
        this.reader = reader;
    }

    /// All of them, in the order of their list.
    List<SymbolTable> all() {
        return loaded().tables().stream().map(ModuleTable::symbols).toList();
    }

    /// The first symbol of that name.
    Optional<Symbol> find(String name) {
        for (ModuleTable table : loaded().tables()) {
            Optional<Symbol> found = table.symbols().find(name);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /// The table of whose memory an address is a part.
    Optional<SymbolTable> at(long address) {
        return loaded().pieces().at(address);
    }

    private Loaded loaded() {
        Loaded found = loaded;
        if (found == null) {
            if (reading.get()) {
                return Loaded.NONE;
            }
            reading.set(true);
            try {
                List<ModuleTable> tables = List.copyOf(reader.get());
                found = new Loaded(tables, new ModulePieces(tables));
                loaded = found;
            } finally {
                reading.remove();
            }
        }
        return found;
    }
}
