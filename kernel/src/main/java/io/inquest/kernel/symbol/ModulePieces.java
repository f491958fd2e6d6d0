package io.inquest.kernel.symbol;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Which module has an address: the pieces of all modules in the order of addresses.
final class ModulePieces {

    private record Owned(ModuleTable.Piece piece, ModuleTable module) {}

    private final List<Owned> sorted = new ArrayList<>();

    ModulePieces(List<ModuleTable> modules) {
        for (ModuleTable module : modules) {
            for (ModuleTable.Piece piece : module.pieces()) {
                sorted.add(new Owned(piece, module));
            }
        }
        sorted.sort(Comparator.comparing(owned -> owned.piece().base(), Long::compareUnsigned));
    }

    /// The symbols of the module that has that address.
    Optional<SymbolTable> at(long address) {
        int low = 0;
        int high = sorted.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Long.compareUnsigned(sorted.get(middle).piece().base(), address) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        boolean inside = low > 0 && sorted.get(low - 1).piece().contains(address);
        return inside ? Optional.of(sorted.get(low - 1).module().symbols()) : Optional.empty();
    }
}
