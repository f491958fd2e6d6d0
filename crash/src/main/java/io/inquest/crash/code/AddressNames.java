package io.inquest.crash.code;

import io.inquest.kernel.symbol.Place;
import io.inquest.kernel.symbol.Symbols;
import java.util.function.LongFunction;

/// How a listing of code writes addresses: `0xffffffff81000010 <name+16>`, as crash does.
///
/// @param symbols those of the kernel
/// @param hexadecimal whether the distance from the symbol is
public record AddressNames(Symbols symbols, boolean hexadecimal) implements LongFunction<String> {

    /// Further from a symbol, the address is in something that has no symbol of its own.
    private static final long MOST_OFFSET = 1 << 20;

    @Override
    public String apply(long address) {
        String name = symbols.at(address)
                .filter(place -> !place.symbol().isAbsolute())
                .filter(place -> Long.compareUnsigned(place.offset(), MOST_OFFSET) < 0)
                .map(this::spelled)
                .orElse("");
        return "0x" + Long.toHexString(address) + name;
    }

    /// ` <name+16>`.
    public String spelled(Place place) {
        String offset = hexadecimal ? "0x" + Long.toHexString(place.offset()) : Long.toString(place.offset());
        return " <" + place.symbol().name() + (place.offset() == 0 ? "" : "+" + offset) + ">";
    }
}
