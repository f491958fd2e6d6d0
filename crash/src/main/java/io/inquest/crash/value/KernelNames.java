package io.inquest.crash.value;

import io.inquest.kernel.symbol.Place;
import io.inquest.kernel.symbol.Symbols;
import java.util.Optional;

/// Names for addresses by the kernel's symbols: `init_task+8`.
///
/// Kallsyms knows no sizes, so that a pointer to data behind the last symbol of a part of the kernel may get
/// its name; a debugger with the symbol table of vmlinux would say nothing there.
public record KernelNames(Symbols symbols) implements AddressNames {

    /// The tables of kallsyms are the last read-only data with names: the kernel's strings follow.
    private static final String TABLES = "kallsyms_";

    @Override
    public String of(long address) {
        Optional<Place> place = symbols.at(address);
        if (place.isEmpty()) {
            return "";
        }
        long offset = place.get().offset();
        if (offset != 0 && place.get().symbol().name().startsWith(TABLES)) {
            return "";
        }
        return place.get().symbol().name() + (offset == 0 ? "" : "+" + offset);
    }
}
