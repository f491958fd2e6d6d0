package io.inquest.kernel.elf;

import io.inquest.dump.DumpException;
import java.io.IOException;

/// The addresses that relocations mean by the numbers of symbols.
final class SymbolAddresses {

    /// Sections from here on are no sections: undefined is 0, absolute is 0xfff1.
    private static final int RESERVED_SECTIONS = 0xff00;

    private static final int MOST_SYMBOLS = 4 << 20;

    private final long[] addresses;

    private SymbolAddresses(long[] addresses) {
        this.addresses = addresses;
    }

    static SymbolAddresses read(ElfObject object, int tableIndex) throws IOException {
        if (tableIndex <= 0 || tableIndex >= object.sections().size()) {
            throw new DumpException(object.name() + ": relocations refer to symbols of section " + tableIndex + ", of "
                    + object.sections().size());
        }
        SectionCursor table = object.cursor(object.sections().get(tableIndex), SectionCursor.LARGE_WINDOW);
        int entryBytes = 24;
        long count = table.size() / entryBytes;
        if (count > MOST_SYMBOLS) {
            throw new DumpException(object.name() + ": its " + count + " symbols are more than any module has");
        }
        long[] addresses = new long[(int) count];
        for (int i = 0; i < addresses.length; i++) {
            int section = table.seek((long) i * entryBytes + 6).u16();
            long value = table.i64();
            boolean placed = section > 0
                    && section < Math.min(RESERVED_SECTIONS, object.sections().size());
            addresses[i] = placed ? value + object.addressOf(object.sections().get(section)) : value;
        }
        return new SymbolAddresses(addresses);
    }

    /// 0 for a number that is no symbol's.
    long address(int symbol) {
        return symbol >= 0 && symbol < addresses.length ? addresses[symbol] : 0;
    }
}
