package io.inquest.kernel.symbol;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The symbols of the kernel or of one module, by name and by address.
///
/// Packed: a name becomes a [String] when somebody asks for it. Several symbols may have one name (functions that
/// are local to their files) or one address; none is dropped. Immutable, safe for many threads.
public final class SymbolTable {

    private final String module;
    private final SymbolNames names;
    private final SymbolPlaces places;
    private @Nullable NameIndex index;

    /// Without an `index` of the names one is made at first use.
    SymbolTable(String module, SymbolNames names, SymbolPlaces places, @Nullable NameIndex index) {
        this.module = module;
        this.names = names;
        this.places = places;
        this.index = index;
    }

    /// A module's table without symbols.
    public static SymbolTable empty(String module) {
        SymbolPlaces none = new SymbolPlaces(new long[0], new long[0], new long[0]);
        return new SymbolTable(module, new PackedNames(new byte[0], new int[0], new byte[0]), none, null);
    }

    /// A table of symbols that were found one by one, each with its size; they are of the module of that name.
    public static SymbolTable of(String module, List<Symbol> symbols) {
        int count = symbols.size();
        ByteArrayOutputStream strings = new ByteArrayOutputStream();
        int[] starts = new int[count];
        byte[] types = new byte[count];
        long[] addresses = new long[count];
        long[] sizes = new long[count];
        long[] ends = new long[count];
        for (int i = 0; i < count; i++) {
            Symbol symbol = symbols.get(i);
            starts[i] = strings.size();
            strings.writeBytes(SymbolNames.bytes(symbol.name()));
            strings.write(0);
            types[i] = (byte) symbol.type();
            addresses[i] = symbol.address();
            sizes[i] = symbol.bytes();
            ends[i] = symbol.address() + symbol.bytes();
        }
        PackedNames names = new PackedNames(strings.toByteArray(), starts, types);
        return new SymbolTable(module, names, new SymbolPlaces(addresses, sizes, ends), null);
    }

    /// The module's name, "" for the kernel itself.
    public String module() {
        return module;
    }

    /// Number of symbols.
    public int size() {
        return places.count();
    }

    /// The first symbol of that name, in the order of the table.
    public Optional<Symbol> find(String name) {
        int found = index().first(SymbolNames.bytes(name));
        return found < 0 ? Optional.empty() : Optional.of(symbol(found));
    }

    /// The address of the first symbol of that name.
    public OptionalLong address(String name) {
        int found = index().first(SymbolNames.bytes(name));
        return found < 0 ? OptionalLong.empty() : OptionalLong.of(places.address(found));
    }

    /// All symbols of that name, in the order of the table.
    public List<Symbol> all(String name) {
        List<Symbol> found = new ArrayList<>();
        for (int symbol : index().all(SymbolNames.bytes(name))) {
            found.add(symbol(symbol));
        }
        return found;
    }

    /// What an address belongs to, by the kernel's own rule (`kernel/kallsyms.c`, `get_symbol_pos`): the nearest
    /// symbol below, of several at one address the first of the table. Empty before the first symbol, in a gap
    /// that is no symbol's, and for absolute values.
    public Optional<Place> at(long address) {
        int rank = places.firstOfNearest(address);
        if (rank < 0) {
            return Optional.empty();
        }
        Symbol symbol = ranked(rank);
        long offset = address - symbol.address();
        boolean inside = !symbol.isAbsolute() && (offset == 0 || Long.compareUnsigned(offset, places.room(rank)) < 0);
        return inside ? Optional.of(new Place(symbol, offset)) : Optional.empty();
    }

    /// The symbols with addresses from `from` up to and without `to`, in the order of addresses.
    public Stream<Symbol> between(long from, long to) {
        return IntStream.range(places.firstFrom(from), Math.max(places.firstFrom(from), places.firstFrom(to)))
                .mapToObj(this::ranked);
    }

    /// All symbols in the order of addresses; those of one address in the order of the table.
    public Stream<Symbol> stream() {
        return IntStream.range(0, size()).mapToObj(this::ranked);
    }

    /// All symbols in the order of the table, in which `/proc/kallsyms` lists them.
    public Stream<Symbol> inTableOrder() {
        return IntStream.range(0, size()).mapToObj(this::symbol);
    }

    /// The symbol after one of this table in the order of addresses.
    public Optional<Symbol> next(Symbol symbol) {
        int rank = rank(symbol) + 1;
        return rank == 0 || rank >= size() ? Optional.empty() : Optional.of(ranked(rank));
    }

    /// The symbol before one of this table in the order of addresses.
    public Optional<Symbol> previous(Symbol symbol) {
        int rank = rank(symbol) - 1;
        return rank < 0 ? Optional.empty() : Optional.of(ranked(rank));
    }

    /// The symbols whose names hold `text`, in the order of addresses.
    public Stream<Symbol> containing(String text) {
        byte[] wanted = SymbolNames.bytes(text);
        byte[] name = new byte[SymbolNames.MAX_BYTES];
        return IntStream.range(0, size())
                .filter(rank -> holds(name, names.expand(places.index(rank), name), wanted))
                .mapToObj(this::ranked);
    }

    /// The names that begin with `prefix`, each once, sorted.
    public List<String> startingWith(String prefix) {
        TreeSet<String> found = new TreeSet<>();
        for (int symbol : index().startingWith(SymbolNames.bytes(prefix))) {
            found.add(names.name(symbol));
        }
        return List.copyOf(found);
    }

    private static boolean holds(byte[] name, int length, byte[] wanted) {
        for (int start = 0; start <= length - wanted.length; start++) {
            int same = 0;
            while (same < wanted.length && name[start + same] == wanted[same]) {
                same++;
            }
            if (same == wanted.length) {
                return true;
            }
        }
        return false;
    }

    private synchronized NameIndex index() {
        if (index == null) {
            index = new NameHashes(names);
        }
        return index;
    }

    /// -1 for a symbol of another table.
    private int rank(Symbol symbol) {
        int rank = places.firstFrom(symbol.address());
        byte[] name = SymbolNames.bytes(symbol.name());
        while (rank < size() && places.at(rank) == symbol.address()) {
            if (names.is(places.index(rank), name)) {
                return rank;
            }
            rank++;
        }
        return -1;
    }

    private Symbol ranked(int rank) {
        return symbol(places.index(rank));
    }

    private Symbol symbol(int index) {
        char type = names.type(index);
        boolean absolute = type == 'A' || type == 'a';
        return new Symbol(names.name(index), places.address(index), absolute ? 0 : places.bytes(index), type, module);
    }
}
