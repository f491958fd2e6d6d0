package io.inquest.kernel.symbol;

import io.inquest.kernel.Hex;

/// An address, said as a symbol and the bytes from its start.
public record Place(Symbol symbol, long offset) {

    public long address() {
        return symbol.address() + offset;
    }

    /// `name+0x1f`, and `name+0x1f [module]`; `name` alone at its start.
    @Override
    public String toString() {
        String module = symbol.module().isEmpty() ? "" : " [" + symbol.module() + "]";
        return symbol.name() + (offset == 0 ? "" : "+" + Hex.of(offset)) + module;
    }
}
