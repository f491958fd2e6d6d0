package io.inquest.crash.command.system;

import io.inquest.crash.UsageException;
import io.inquest.crash.command.Command;
import io.inquest.crash.command.Declaration;
import io.inquest.crash.command.Invocation;
import io.inquest.crash.command.Option;
import io.inquest.crash.command.SourceLines;
import io.inquest.crash.result.Result;
import io.inquest.crash.result.RowSource;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.symbol.Place;
import io.inquest.kernel.symbol.Symbol;
import io.inquest.kernel.symbol.SymbolTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// `sym`: symbols by name and by address.
public final class SymCommand implements Command {

    private static final Option ALL = Option.flag("l", "all symbols of the kernel and its modules");
    private static final Option MODULES = Option.flag("M", "all symbols of modules");
    private static final Option MODULE = Option.value("m", "module", "all symbols of a module");
    private static final Option PREVIOUS = Option.flag("p", "also the symbol before");
    private static final Option NEXT = Option.flag("n", "also the symbol after");
    private static final Option QUERY = Option.value("q", "text", "all symbols with this text in their name");

    private static final Declaration DECLARATION = Declaration.of("sym", "symbols by name and by address")
            .options(ALL, MODULES, MODULE, PREVIOUS, NEXT, QUERY)
            .takes("symbol | address", 0, Declaration.ANY_NUMBER)
            .details("""
                    The letter is that of nm(1): T text, D data, R read-only, B zeroed, V and W weak; lower case for
                    symbols that are local to their file. All symbols of a name are shown. Distances from a symbol are
                    decimal, after "set radix 16" hexadecimal.""")
            .example("sym ffffffff8103eacb", "which function is this?")
            .example("sym -q kexec_crash", "symbols with kexec_crash in their name");

    @Override
    public Declaration declaration() {
        return DECLARATION;
    }

    @Override
    public Result run(Invocation invocation) throws IOException {
        Kernel kernel = invocation.kernel();
        SymbolLayout layout = new SymbolLayout(invocation.session().settings().isHexadecimal(), SourceLines.of(kernel));
        Optional<Stream<Symbol>> listed = listed(invocation, kernel);
        if (listed.isPresent()) {
            Stream<Symbol> symbols = listed.get();
            return rows(() -> symbols.map(symbol -> new Place(symbol, 0)).iterator(), layout);
        }
        if (invocation.words().isEmpty()) {
            throw new UsageException("a symbol or an address is expected");
        }
        List<Place> places = new ArrayList<>();
        for (String word : invocation.words()) {
            addMeant(invocation, kernel, word, places);
        }
        return rows(places, layout);
    }

    private static Result rows(Iterable<Place> places, SymbolLayout layout) {
        return Result.rows("symbols", RowSource.of(places), layout);
    }

    private static Optional<Stream<Symbol>> listed(Invocation invocation, Kernel kernel) throws IOException {
        if (invocation.has(QUERY)) {
            return Optional.of(
                    kernel.symbols().containing(invocation.value(QUERY).orElse("")));
        }
        if (invocation.has(ALL)) {
            return Optional.of(kernel.symbols().stream());
        }
        if (invocation.has(MODULES)) {
            return Optional.of(kernel.symbols().modules().stream().flatMap(SymbolTable::stream));
        }
        if (invocation.has(MODULE)) {
            String name = invocation.value(MODULE).orElse("").replace('-', '_');
            return Optional.of(kernel.symbols().modules().stream()
                    .filter(table -> table.module().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new UsageException("no module " + name + " with symbols"))
                    .stream());
        }
        return Optional.empty();
    }

    private static void addMeant(Invocation invocation, Kernel kernel, String word, List<Place> places)
            throws IOException {
        List<Symbol> named = kernel.symbols().all(word);
        if (!named.isEmpty()) {
            for (Symbol symbol : named) {
                addWithNeighbours(invocation, kernel, new Place(symbol, 0), places);
            }
            return;
        }
        if (!mayBeAddress(word)) {
            throw new UsageException("symbol not found: " + word + alternatives(kernel, word));
        }
        long address = invocation.address(word);
        Place place = kernel.symbols()
                .at(address)
                .orElseThrow(() -> new UsageException("no symbol at " + Long.toHexString(address)));
        addWithNeighbours(invocation, kernel, place, places);
    }

    private static boolean mayBeAddress(String word) {
        return word.startsWith("(") || (!word.isEmpty() && Character.digit(word.charAt(0), 16) >= 0);
    }

    private static String alternatives(Kernel kernel, String word) throws IOException {
        StringBuilder text = new StringBuilder("\npossible alternatives:\n");
        List<Symbol> alike = kernel.symbols().containing(word).limit(20).toList();
        alike.forEach(symbol -> text.append("  ")
                .append(Long.toHexString(symbol.address()))
                .append(" (")
                .append(symbol.type())
                .append(") ")
                .append(symbol.name())
                .append('\n'));
        return text.append(alike.isEmpty() ? "  (none found)" : "").toString().stripTrailing();
    }

    private static void addWithNeighbours(Invocation invocation, Kernel kernel, Place place, List<Place> places)
            throws IOException {
        SymbolTable table = tableOf(kernel, place.symbol());
        if (invocation.has(PREVIOUS)) {
            table.previous(place.symbol()).ifPresent(symbol -> places.add(new Place(symbol, 0)));
        }
        places.add(place);
        if (invocation.has(NEXT)) {
            table.next(place.symbol()).ifPresent(symbol -> places.add(new Place(symbol, 0)));
        }
    }

    private static SymbolTable tableOf(Kernel kernel, Symbol symbol) throws IOException {
        return kernel.symbols().modules().stream()
                .filter(table -> table.module().equals(symbol.module()))
                .findFirst()
                .orElse(kernel.symbols().core());
    }
}
