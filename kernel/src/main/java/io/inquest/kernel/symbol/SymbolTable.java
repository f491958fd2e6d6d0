package io.inquest.kernel.symbol;

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

    /// Tables without sizes let a symbol end where the next one begins. A longer gap lies between parts of the
    /// image and belongs to no symbol; the longest real ones, lockdep's arrays, have some MiB.
    private static final long LONGEST_PLAUSIBLE_SYMBOL = 16L << 20;

    private final String module;
    private final SymbolNames names;
    private final long[] addresses;
    private final SortedAddresses order;
    private final long[] ends;
    private @Nullable NameIndex index;

    /// `ends` are addresses that no symbol reaches across; without an `index` one is made at first use.
    SymbolTable(String module, SymbolNames names, long[] addresses, long[] ends, @Nullable NameIndex index) {
        this.module = module;
        this.names = names;
        this.addresses = addresses;
        this.order = new SortedAddresses(addresses);
        this.ends = ends.clone();
        this.index = index;
    }

    /// The module's name, "" for the kernel itself.
    public String module() {
        return module;
    }

    /// Number of symbols.
    public int size() {
        return addresses.length;
    }

    /// The first symbol of that name, in the order of the table.
    public Optional<Symbol> find(String name) {
        int found = index().first(SymbolNames.bytes(name));
        return found < 0 ? Optional.empty() : Optional.of(symbol(found));
    }

    /// The address of the first symbol of that name.
    public OptionalLong address(String name) {
        int found = index().first(SymbolNames.bytes(name));
        return found < 0 ? OptionalLong.empty() : OptionalLong.of(addresses[found]);
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
        int rank = order.firstOfNearest(address);
        if (rank < 0) {
            return Optional.empty();
        }
        Symbol symbol = symbol(order.index(rank), rank);
        long offset = address - symbol.address();
        boolean inside = !symbol.isAbsolute() && (offset == 0 || Long.compareUnsigned(offset, symbol.bytes()) < 0);
        return inside ? Optional.of(new Place(symbol, offset)) : Optional.empty();
    }

    /// The symbols with addresses from `from` up to and without `to`, in the order of addresses.
    public Stream<Symbol> between(long from, long to) {
        return IntStream.range(order.firstFrom(from), Math.max(order.firstFrom(from), order.firstFrom(to)))
                .mapToObj(this::ranked);
    }

    /// All symbols in the order of addresses; those of one address in the order of the table.
    public Stream<Symbol> stream() {
        return IntStream.range(0, size()).mapToObj(this::ranked);
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
                .filter(rank -> holds(name, names.expand(order.index(rank), name), wanted))
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
        int rank = order.firstFrom(symbol.address());
        byte[] name = SymbolNames.bytes(symbol.name());
        while (rank < size() && order.at(rank) == symbol.address()) {
            if (names.is(order.index(rank), name)) {
                return rank;
            }
            rank++;
        }
        return -1;
    }

    private Symbol ranked(int rank) {
        return symbol(order.index(rank), rank);
    }

    private Symbol symbol(int i) {
        return symbol(i, order.firstFrom(addresses[i]));
    }

    private Symbol symbol(int i, int rank) {
        char type = names.type(i);
        long room = room(rank);
        boolean sized = type != 'A' && type != 'a';
        return new Symbol(names.name(i), addresses[i], sized ? room : 0, type, module);
    }

    /// Bytes up to the next different address or end, 0 for what cannot be a symbol.
    private long room(int rank) {
        int next = order.nextDifferent(rank);
        long start = order.at(rank);
        long bytes = next < size() ? order.at(next) - start : -1;
        for (long end : ends) {
            long untilEnd = end - start - 1;
            bytes = Long.compareUnsigned(untilEnd, bytes) < 0 ? untilEnd + 1 : bytes;
        }
        return Long.compareUnsigned(bytes, LONGEST_PLAUSIBLE_SYMBOL) <= 0 ? bytes : 0;
    }
}
