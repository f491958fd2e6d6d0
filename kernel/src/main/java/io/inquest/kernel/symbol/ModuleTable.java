package io.inquest.kernel.symbol;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A module's symbols, read when somebody asks for them, and the pieces of memory in which they mean something.
public final class ModuleTable {

    /// A piece of a module's memory.
    ///
    /// @param base its address
    /// @param bytes its size
    public record Piece(long base, long bytes) {

        boolean contains(long address) {
            return Long.compareUnsigned(address - base, bytes) < 0;
        }
    }

    private final List<Piece> pieces;
    private final Supplier<SymbolTable> reader;
    private volatile @Nullable SymbolTable symbols;

    /// `reader` is asked once or, by several threads at once, more than once; for a module without readable symbols
    /// it gives [SymbolTable#empty].
    public ModuleTable(List<Piece> pieces, Supplier<SymbolTable> reader) {
        this.pieces = List.copyOf(pieces);
        this.reader = reader;
    }

    List<Piece> pieces() {
        return pieces;
    }

    SymbolTable symbols() {
        SymbolTable found = symbols;
        if (found == null) {
            found = reader.get();
            symbols = found;
        }
        return found;
    }
}
