package io.inquest.kernel.symbol;

import java.util.List;

/// A module's symbols and the pieces of memory in which they mean something.
public record ModuleTable(SymbolTable symbols, List<Piece> pieces) {

    /// A piece of a module's memory.
    ///
    /// @param base its address
    /// @param bytes its size
    public record Piece(long base, long bytes) {

        boolean contains(long address) {
            return Long.compareUnsigned(address - base, bytes) < 0;
        }
    }
}
