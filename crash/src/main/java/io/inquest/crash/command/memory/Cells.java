package io.inquest.crash.command.memory;

import io.inquest.kernel.slab.SlabCaches;
import io.inquest.kernel.slab.SlabObject;
import io.inquest.kernel.symbol.Place;
import io.inquest.kernel.symbol.Symbols;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How one unit of memory is spelled, with the blank behind it.
@FunctionalInterface
interface Cells {

    String cell(long value) throws IOException;

    /// Digits of a name's column, as of a 64-bit number in hexadecimal.
    int NAME_WIDTH = 16;

    /// Hexadecimal, with all leading zeros.
    static Cells hexadecimal(int bytes) {
        return value -> zeroFilled(value, 2 * bytes) + " ";
    }

    private static String zeroFilled(long value, int digits) {
        String hex = Long.toHexString(value);
        return "0".repeat(Math.max(0, digits - hex.length())) + hex;
    }

    /// Decimal in columns as wide as crash's.
    static Cells decimal(int bytes, boolean signed) {
        int unused = Long.SIZE - bytes * Byte.SIZE;
        int width = switch (bytes) {
            case 1 -> 4;
            case 2 -> 6;
            case 4 -> 12;
            default -> signed ? 19 : 20;
        };
        return value -> {
            String text = signed ? Long.toString(value << unused >> unused) : Long.toUnsignedString(value);
            return " ".repeat(Math.max(0, width - text.length())) + text + " ";
        };
    }

    /// Names of symbols for addresses that have one, of slab caches if asked, other values in hexadecimal.
    static Cells symbolic(Symbols symbols, @Nullable SlabCaches caches, boolean withAddress) {
        return value -> {
            String name = caches == null ? "" : cache(caches, value, withAddress);
            String text = name.isEmpty() ? symbol(symbols, value) : name;
            return text.isEmpty()
                    ? zeroFilled(value, NAME_WIDTH) + " "
                    : text + " ".repeat(Math.max(0, NAME_WIDTH - text.length())) + " ";
        };
    }

    private static String symbol(Symbols symbols, long value) {
        Optional<Place> place = symbols.at(value);
        if (place.isEmpty()) {
            return "";
        }
        long offset = place.get().offset();
        return place.get().symbol().name() + (offset == 0 ? "" : "+" + offset);
    }

    private static String cache(SlabCaches caches, long value, boolean withAddress) throws IOException {
        Optional<SlabObject> object = value >= 0 ? Optional.empty() : caches.objectAt(value);
        if (object.isEmpty()) {
            return "";
        }
        String name = object.get().slab().cache().name();
        return "[" + (withAddress ? Long.toHexString(value) + ":" : "") + name + "]";
    }
}
