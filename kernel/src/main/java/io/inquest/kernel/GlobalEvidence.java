package io.inquest.kernel;

import io.inquest.dump.DumpException;
import io.inquest.dump.MemoryFault;
import io.inquest.kernel.symbol.Symbol;
import io.inquest.kernel.type.GlobalTypes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.OptionalLong;

/// What the symbols and the memory of a kernel tell of its variables.
///
/// @param kernel its symbols are looked for when a variable is first asked for
record GlobalEvidence(Kernel kernel) implements GlobalTypes.Evidence {

    /// Up to the next symbol.
    @Override
    public OptionalLong room(String symbol) {
        Optional<Symbol> found = find(symbol).filter(each -> each.bytes() > 0);
        return found.isPresent() ? OptionalLong.of(found.get().bytes()) : OptionalLong.empty();
    }

    @Override
    public OptionalLong word(String symbol) {
        Optional<Symbol> found = find(symbol);
        try {
            return found.isPresent()
                    ? OptionalLong.of(kernel.space().readWord(found.get().address()))
                    : OptionalLong.empty();
        } catch (MemoryFault absent) {
            return OptionalLong.empty();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// Types are known without symbols too.
    private Optional<Symbol> find(String symbol) {
        try {
            return kernel.symbols().find(symbol);
        } catch (DumpException none) {
            return Optional.empty();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
